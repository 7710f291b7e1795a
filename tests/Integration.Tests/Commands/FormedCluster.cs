using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Commands;

/// <summary>A formed cluster and who is what in it.</summary>
/// <param name="Primaries">In the order of their slots.</param>
internal sealed record FormedCluster(
    TestCluster Cluster,
    string Version,
    ImmutableArray<string> Primaries,
    ImmutableArray<string> Replicas
)
{
    public static async Task<FormedCluster> FormAsync(string version)
    {
        var cluster = await TestCluster.FormAsync(version);
        var shards = (await cluster.TopologyAsync()).Shards();
        return new FormedCluster(
            cluster,
            version,
            [.. shards.Select(s => s.Primary.Member!)],
            [.. shards.SelectMany(s => s.Replicas).Select(r => r.Member!).Order(StringComparer.Ordinal)]
        );
    }

    public Task<ProgramResult> RunAsync(params string[] arguments) => Cluster.RunAsync(arguments);

    public async Task<Member> MemberAsync(string name) =>
        (await Cluster.Host.ListMembersAsync(default)).Single(m => m.Name == name);
}
