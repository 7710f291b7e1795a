using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.Kubernetes;

/// <summary>kubeconfig files as kubectl takes them: several, with contexts and credential plugins.</summary>
public sealed class KubeConfigTests : IAsyncDisposable
{
    private readonly FakeApiServer _api = new();

    public KubeConfigTests() => _ = new FakeRelease(_api);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task The_token_of_the_context_is_sent()
    {
        _api.Token = "secret-token";
        Reaches(await StatusAsync([], "--kubeconfig", _api.KubeConfig));
        Reaches(await StatusAsync(Kube(_api.KubeConfig)));
        Reaches(await StatusAsync(Kube(_api.KubeConfig), "--context", "elsewhere"));
    }

    [Fact]
    public async Task Of_several_files_the_first_word_counts_and_absent_ones_don_t()
    {
        var more = _api.Write(
            "more",
            """
            apiVersion: v1
            kind: Config
            current-context: third
            users:
            - name: other
              user: {token: other-token}
            contexts:
            - name: third
              context: {cluster: fake, user: other}
            """
        );
        _api.Token = "other-token";
        Reaches(await StatusAsync(Kube($"/nonexistent/x:{more}:{_api.KubeConfig}")));
        Reaches(await StatusAsync(Kube($"{_api.KubeConfig}:{more}"), "--context", "third"));
        var run = await StatusAsync(Kube($"{_api.KubeConfig}:{more}"));
        Assert.Contains("(401)", run.Error);
    }

    [Fact]
    public async Task A_context_that_is_not_there_is_told_with_those_that_are()
    {
        var run = await StatusAsync(Kube(_api.KubeConfig), "--context", "there");
        Assert.Equal(64, run.ExitCode);
        Assert.Contains("--context: there is no context 'there'; there are elsewhere, here", run.Error);
        _api.WriteKubeConfig(context: "gone");
        run = await StatusAsync(Kube(_api.KubeConfig));
        Assert.Contains("KUBECONFIG: there is no context 'gone'; there are elsewhere, here", run.Error);
    }

    [Theory]
    [InlineData("{[not yaml")]
    [InlineData("just words")]
    [InlineData("")]
    [InlineData("contexts: 5")]
    public async Task What_is_no_kubeconfig_is_told_with_its_file(string text)
    {
        var file = _api.Write("bad", text);
        var run = await StatusAsync([], "--kubeconfig", file);
        Assert.True(run.ExitCode == 64, $"{run}");
        Assert.Contains("--kubeconfig: ", run.Error);
        Assert.DoesNotContain("this should not have happened", run.Error);
    }

    [Fact]
    public async Task A_plugin_gives_the_token_and_is_asked_once()
    {
        var plugin = Plugin(
            """
            echo asked >> "$(dirname "$0")/asked"
            [ "$1" = "two words" ] && [ "$GIVEN" = "by env" ] || exit 3
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"plugin-token","expirationTimestamp":"2999-01-01T00:00:00Z"}}'
            """
        );
        _api.WriteKubeConfig(Exec(plugin));
        _api.Token = "plugin-token";

        Reaches(await StatusAsync(Kube(_api.KubeConfig)));

        Assert.Equal("asked\n", File.ReadAllText(Path.Combine(Path.GetDirectoryName(plugin)!, "asked")));
    }

    [Theory]
    [InlineData("echo 'The SSO session has expired' >&2; exit 255", "exit code 255: The SSO session has expired")]
    [InlineData("echo no json", "printed no ExecCredential")]
    [InlineData("echo '{\"status\":{}}'", "neither a token nor a certificate")]
    [InlineData(
        "echo '{\"status\":{\"token\":\"t\",\"expirationTimestamp\":\"2020-01-01T00:00:00Z\"}}'",
        "has expired at 2020-01-01"
    )]
    public async Task A_plugin_that_fails_is_quoted(string script, string words)
    {
        _api.WriteKubeConfig(Exec(Plugin(script)));
        var run = await StatusAsync(Kube(_api.KubeConfig));
        Assert.True(run.ExitCode == 1, $"{run}");
        Assert.Contains(words, run.Error);
        Assert.Contains("log in again", run.Error);
    }

    [Fact]
    public async Task A_plugin_that_is_not_installed_is_named()
    {
        _api.WriteKubeConfig(Exec("", "/nonexistent/aws"));
        var run = await StatusAsync(Kube(_api.KubeConfig));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'/nonexistent/aws' can't be started", run.Error);
    }

    [Fact]
    public async Task Contexts_are_completed_from_the_files()
    {
        var run = await TestProgram.RunAsync(
            new FakeTerminal(),
            Kube(_api.KubeConfig),
            "complete",
            "status --target k8s:prod/valkey --context "
        );
        Assert.Equal(["elsewhere", "here"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static Dictionary<string, string> Kube(string value) =>
        new(StringComparer.Ordinal) { ["KUBECONFIG"] = value };

    private static Task<ProgramRun> StatusAsync(Dictionary<string, string> variables, params string[] more) =>
        TestProgram.RunAsync(new FakeTerminal(), variables, ["status", "--target", FakeRelease.Target, .. more]);

    /// <summary>Far enough to learn that no pod's server is there.</summary>
    private static void Reaches(ProgramRun run) =>
        Assert.True(run.Output.Contains("nobody listens at port", StringComparison.Ordinal), $"{run}");

    private static string Exec(string script, string command = "/bin/sh") =>
        $"""
            exec:
              apiVersion: client.authentication.k8s.io/v1
              command: {command}
              args: ["{script}", "two words"]
              env:
              - name: GIVEN
                value: by env
            """;

    private string Plugin(string script)
    {
        return _api.Write("plugin", script + "\n");
    }
}
