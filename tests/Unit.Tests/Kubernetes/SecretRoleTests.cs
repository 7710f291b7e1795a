using System.Text;
using k8s.Models;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.Kubernetes;

/// <summary><c>slotwright pod secret</c>: made once, never changed.</summary>
public sealed class SecretRoleTests : IAsyncDisposable
{
    private const string Path = "/api/v1/namespaces/prod/secrets/valkey-auth";

    private readonly FakeApiServer _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Where_there_is_none_it_is_made_and_a_second_run_leaves_it()
    {
        var first = await RunAsync();
        Assert.True(first.ExitCode == 0, $"{first}");
        var secret = _api.Find<V1Secret>(Path)!;
        var password = Encoding.ASCII.GetString(secret.Data["default"]);
        Assert.Equal(32, password.Length);
        Assert.All(password, c => Assert.True(char.IsAsciiLetterOrDigit(c)));
        Assert.Equal("valkey", secret.Metadata.Labels["app.kubernetes.io/instance"]);
        Assert.Equal("keep", secret.Metadata.Annotations["helm.sh/resource-policy"]);
        Assert.DoesNotContain(password, first.Error + first.Output);

        var second = await RunAsync();

        Assert.Equal(0, second.ExitCode);
        Assert.Contains("it stays as it is", second.Error);
        Assert.Equal(password, Encoding.ASCII.GetString(_api.Find<V1Secret>(Path)!.Data["default"]));
    }

    [Fact]
    public async Task Two_at_once_make_one()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RunAsync()));
        Assert.All(runs, r => Assert.True(r.ExitCode == 0, $"{r}"));
        Assert.Single(runs, r => r.Error.Contains("is made", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_without_the_key_is_not_touched_and_told()
    {
        _api.Put(
            new V1Secret
            {
                Metadata = new() { Name = "valkey-auth", NamespaceProperty = "prod" },
                Data = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["password"] = [1] },
            }
        );
        var run = await RunAsync();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("has no key 'default'", run.Error);
        Assert.Contains("keys are password", run.Error);
        Assert.Single(_api.Find<V1Secret>(Path)!.Data);
    }

    [Fact]
    public async Task What_may_not_be_made_is_named()
    {
        _api.Refuse("/secrets", 403, "User \"system:serviceaccount:prod:x\" cannot get resource \"secrets\"");
        var run = await RunAsync();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("verb get on secrets", run.Error);
    }

    [Fact]
    public async Task All_that_is_not_set_is_told_at_once()
    {
        var run = await TestProgram.RunAsync("pod", "secret");
        Assert.Equal(64, run.ExitCode);
        Assert.Contains("NAMESPACE: is not set", run.Error);
        Assert.Contains("SLOTWRIGHT_SECRET_KEY: is not set", run.Error);
        run = await TestProgram.RunAsync("pod", "bootstrap");
        Assert.Equal(64, run.ExitCode);
        Assert.Contains("SLOTWRIGHT_MEMBERS: is not set", run.Error);
        Assert.Contains("SLOTWRIGHT_SERVICE: is not set", run.Error);
    }

    private Task<ProgramRun> RunAsync() =>
        TestProgram.RunAsync(
            new FakeTerminal(),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["KUBECONFIG"] = _api.KubeConfig,
                ["NAMESPACE"] = "prod",
                ["SLOTWRIGHT_SECRET"] = "valkey-auth",
                ["SLOTWRIGHT_SECRET_KEY"] = "default",
                ["SLOTWRIGHT_SECRET_LABELS"] = """{"app.kubernetes.io/instance":"valkey"}""",
            },
            "pod",
            "secret"
        );
}
