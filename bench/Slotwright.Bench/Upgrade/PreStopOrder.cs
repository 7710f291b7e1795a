using Slotwright.Core.Cluster;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Bench.Upgrade;

/// <summary>
/// What a StatefulSet does with a preStop hook that hands over: the last ordinal first, one at a time. Each member that
/// is a primary has a replica take over, up to 10 s are waited until both know; then it ends as the local host ends
/// members, and comes back.
/// </summary>
internal static class PreStopOrder
{
    private static readonly TimeSpan SwapPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromMinutes(10);

    public static async Task RunAsync(ClusterSession session, LocalHost host, string? version, CancellationToken ct)
    {
        await host.DesireAsync(new MemberSpec(version), ct);
        foreach (var member in (await host.ListMembersAsync(ct)).OrderByDescending(m => m.Ordinal))
        {
            var topology = (await session.ObserveAsync(ct)).Topology;
            var shard = topology.Shards().FirstOrDefault(s => s.Primary.Member == member.Name);
            if (shard?.Replicas.FirstOrDefault(r => r.Link == LinkState.InSync) is { Member: { } heir })
            {
                await HandOverAsync(session, topology.Members[heir], topology.Members[member.Name], ct);
            }
            await host.RestartAsync([member.Name], newAddress: false, kill: false, ct);
            await Wait.UntilAsync(
                async inner =>
                {
                    var now = (await session.ObserveAsync(inner)).Topology.NodeOf(member.Name);
                    return now is { Reachable: true } && (now.IsPrimary || now.Link == LinkState.InSync);
                },
                ReadyPatience,
                session.Time,
                ct
            );
        }
    }

    private static async Task HandOverAsync(ClusterSession session, Member heir, Member old, CancellationToken ct)
    {
        var (taker, relieved) = (await session.ConnectAsync(heir, ct), await session.ConnectAsync(old, ct));
        await taker.AskAsync(RespCommand.Of("CLUSTER", "FAILOVER"), ct);
        await Wait.UntilAsync(
            async inner => (await taker.RoleAsync(inner)).IsPrimary && !(await relieved.RoleAsync(inner)).IsPrimary,
            SwapPatience,
            session.Time,
            ct
        );
    }
}
