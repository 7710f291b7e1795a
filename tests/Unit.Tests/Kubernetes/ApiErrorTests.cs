using System.Net;
using System.Net.Sockets;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.Kubernetes;

/// <summary>What goes wrong between here and an API server: told in words, with a remedy and the right exit code.</summary>
public sealed class ApiErrorTests : IAsyncDisposable
{
    private readonly FakeApiServer _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Credentials_that_are_not_taken()
    {
        _ = new FakeRelease(_api);
        _api.Token = "another";
        Fails(await StatusAsync(), 1, "does not take the credentials of context 'here' (401)", "log in again");
    }

    [Theory]
    [InlineData("/statefulsets", "list on statefulsets.apps")]
    [InlineData("/pods", "list on pods")]
    public async Task A_verb_that_RBAC_does_not_give_is_named(string path, string wanted)
    {
        _ = new FakeRelease(_api);
        _api.Refuse(path, 403, "forbidden: User \"me\" cannot list it");
        Fails(
            await StatusAsync(),
            1,
            "in namespace prod",
            "User \"me\" cannot list it",
            "have a Role bound to you with verb " + wanted
        );
    }

    [Theory]
    [InlineData("/secrets", "get on secrets")]
    [InlineData("/portforward", "create and get on pods/portforward")]
    public async Task What_may_not_be_read_of_members_is_their_reason(string path, string wanted)
    {
        _ = new FakeRelease(_api);
        _api.Refuse(path, 403, "forbidden: User \"me\" cannot do it");
        Fails(await RunAsync("exec", "--on", "valkey-0", "--", "PING"), 1, "you may not ", wanted);
    }

    [Fact]
    public async Task A_release_that_is_not_there_is_told_with_those_that_are()
    {
        _ = new FakeRelease(_api);
        var run = await TestProgram.RunAsync("status", "--target", "k8s:prod/valkei", "--kubeconfig", _api.KubeConfig);
        Fails(run, 64, "there is no release 'valkei' of the chart in namespace 'prod'; there is valkey");
    }

    [Fact]
    public async Task A_namespace_that_is_not_there()
    {
        var run = await TestProgram.RunAsync("status", "--target", "k8s:prd/valkey", "--kubeconfig", _api.KubeConfig);
        Fails(run, 64, "there is no namespace 'prd'");
    }

    [Fact]
    public async Task A_Secret_that_is_not_there()
    {
        _ = new FakeRelease(_api, password: null);
        Fails(
            await RunAsync("exec", "--on", "valkey-0", "--", "PING"),
            1,
            "there is no Secret valkey-auth in namespace prod",
            "--password-file"
        );
    }

    [Fact]
    public async Task Nobody_listens()
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        File.WriteAllText(
            _api.KubeConfig,
            File.ReadAllText(_api.KubeConfig).Replace(_api.Address, $"http://127.0.0.1:{port}")
        );
        Fails(await StatusAsync(), 1, $"http://127.0.0.1:{port} can't be reached: connection refused", "VPN");
    }

    [Fact]
    public async Task Something_else_answers()
    {
        _api.Refuse("/", 200, "hello");
        Fails(await StatusAsync(), 64, "there is no release");
        _api.Refuse("/", 502, "no upstream");
        Fails(await StatusAsync(), 1, "refuses to list statefulsets.apps in namespace prod (502): no upstream");
    }

    [Fact]
    public async Task What_needs_a_host_is_refused_as_on_nodes()
    {
        _ = new FakeRelease(_api);
        Fails(await RunAsync("bootstrap"), 3, "the chart's own Job forms it");
        Fails(await RunAsync("down"), 3, "k8s: target", "needs a host");
        Fails(await RunAsync("local", "kill", "valkey-0"), 3, "k8s: target", "needs a host");
        Fails(await RunAsync("load"), 3, "in a pod of Slotwright's image");
    }

    private Task<ProgramRun> StatusAsync() => RunAsync("status");

    private Task<ProgramRun> RunAsync(params string[] arguments) =>
        TestProgram.RunAsync(["--target", FakeRelease.Target, "--kubeconfig", _api.KubeConfig, .. arguments]);

    private static void Fails(ProgramRun run, int exitCode, params string[] words)
    {
        Assert.True(run.ExitCode == exitCode, $"{run}");
        Assert.All(words, w => Assert.Contains(w, run.Error));
        Assert.DoesNotContain("this should not have happened", run.Error);
    }
}
