using System.Net;
using Slotwright.Integration.Tests.Support;
using Slotwright.Unit.Tests.Kubernetes;

namespace Slotwright.Integration.Tests.Kubernetes;

/// <summary>Six real servers that a fake API server tells of as the pods of a release, and forwards ports to.</summary>
public sealed class ReleaseOfServers : IAsyncLifetime
{
    internal TestCluster Cluster { get; private set; } = null!;

    internal FakeApiServer Api { get; private set; } = null!;

    internal FakeRelease Release { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Cluster = await TestCluster.FormAsync();
        (Api, Release) = await MakeAsync(Cluster);
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Cluster.DisposeAsync();
    }

    /// <summary>An API server that knows the cluster's members as pods.</summary>
    internal static async Task<(FakeApiServer, FakeRelease)> MakeAsync(TestCluster cluster)
    {
        var members = await cluster.Host.ListMembersAsync(default);
        var password = (await cluster.Host.GetCredentialsAsync(default))!.Password;
        var api = new FakeApiServer();
        var release = new FakeRelease(api, members.Length, members[0].Address.Port, password);
        foreach (var member in members)
        {
            release.Serve(member.Ordinal, new IPEndPoint(IPAddress.Parse(member.Address.Host), member.Address.Port));
        }
        return (api, release);
    }

    /// <summary>The program on the release, from outside of the cluster.</summary>
    internal Task<ProgramResult> RunAsync(params string[] arguments) =>
        TestProgram.RunAsync(
            "/nonexistent/slotwright",
            [],
            [arguments[0], "--target", FakeRelease.Target, "--kubeconfig", Api.KubeConfig, .. arguments[1..]]
        );
}
