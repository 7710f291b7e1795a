using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Commands;

/// <summary>A formed cluster of six that the tests of a class share; none of them may harm it.</summary>
public sealed class FormedCluster : IAsyncLifetime
{
    private TestCluster? _cluster;

    internal TestCluster Cluster => _cluster!;

    /// <summary>Primaries in the order of their slots.</summary>
    public string[] Primaries { get; private set; } = [];

    public string[] Replicas { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.FormAsync();
        var shards = (await Cluster.TopologyAsync()).Shards();
        Primaries = [.. shards.Select(s => s.Primary.Member!)];
        Replicas = [.. shards.SelectMany(s => s.Replicas).Select(r => r.Member!).Order(StringComparer.Ordinal)];
    }

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal Task<ProgramResult> RunAsync(params string[] arguments) => Cluster.RunAsync(arguments);

    internal async Task<Member> MemberAsync(string name) =>
        (await Cluster.Host.ListMembersAsync(default)).Single(m => m.Name == name);
}
