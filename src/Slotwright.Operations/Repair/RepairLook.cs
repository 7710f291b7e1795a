using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Configuration;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Repair;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Operations.SlotMovers;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Repair;

/// <summary>Looks where the keys are of slots in question, and whether the servers move some by themselves.</summary>
public sealed class RepairLook(ClusterSession session)
{
    /// <summary>Names that are compared of one slot; beyond it, servers that refuse to overwrite have the last word.</summary>
    private const int MostNames = 100_000;

    private static readonly TimeSpan GossipPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Of two claims to a slot the one with the higher epoch wins as soon as gossip has carried it: most disagreements are over
    /// before anybody could mend them.
    /// </summary>
    public async Task UntilSettledAsync(Action<string> told, CancellationToken ct)
    {
        var isTold = false;
        await Wait.UntilAsync(
            async inner =>
            {
                var isSettled = (await session.ObserveAsync(inner)).Disagreements.All(d =>
                    d.Code is not ("slot-disagreement" or "role-disagreement")
                );
                if (!isSettled && !isTold)
                {
                    told($"not all nodes agree; gossip gets up to {GossipPatience.TotalSeconds:0} s to settle it ...");
                    isTold = true;
                }
                return isSettled;
            },
            GossipPatience,
            session.Time,
            ct
        );
    }

    public async Task<RepairSight> AskAsync(Observation seen, CancellationToken ct)
    {
        var slots = RepairQuestions.Slots(seen);
        ImmutableArray<Node> primaries = slots.IsEmpty ? [] : RepairQuestions.Primaries(seen.Topology);
        var counts = await OfEachAsync(
            primaries,
            seen,
            async (node, inner) =>
            {
                await OnlyDatabase.DemandAsync(
                    node,
                    "of each slot that slotwright verify names, see with SELECT and CLUSTER COUNTKEYSINSLOT who has keys, and close it by CLUSTER SETSLOT",
                    inner
                );
                return await KeysInSlots.CountAsync(node, slots, inner);
            },
            ct
        );
        var sight = RepairSight.Of(
            seen,
            [.. counts.SelectMany(c => c.Said.Select(s => new KeyCount(c.Node.Id, s.Slot, s.Keys)))]
        );
        return sight with
        {
            Clashes = await ClashesAsync(sight, ct),
            Migrations = await MigrationsAsync(seen, ct),
            ReplicasWanted = await session.Target.GetReplicasWantedAsync(ct),
        };
    }

    private async Task<ImmutableArray<KeyClash>> ClashesAsync(RepairSight sight, CancellationToken ct)
    {
        var clashes = ImmutableArray.CreateBuilder<KeyClash>();
        foreach (var slot in RepairQuestions.Clashing(sight))
        {
            var holders = sight.HoldersOf(slot).Select(h => sight.Topology.Find(h.Node)!).ToImmutableArray();
            var names = await OfEachAsync(holders, sight.Seen, (node, inner) => NamesAsync(node, slot, inner), ct);
            clashes.AddRange(
                from one in names
                from other in names
                where one.Node.Id.CompareTo(other.Node.Id) < 0 && one.Said.Overlaps(other.Said)
                select new KeyClash(slot, one.Node.Id, other.Node.Id)
            );
        }
        return clashes.ToImmutable();
    }

    private static async Task<HashSet<string>> NamesAsync(ValkeyConnection node, int slot, CancellationToken ct)
    {
        var reply = await node.AskAsync(RespCommand.Of("CLUSTER", "GETKEYSINSLOT", $"{slot}", $"{MostNames}"), ct);
        return reply is RespValue.Array { Items: var items }
            ? [.. items.OfType<RespValue.Bulk>().Select(k => Convert.ToHexString(k.Bytes.Span))]
            : [];
    }

    /// <summary>Told by their givers, which own the slots until the end.</summary>
    private async Task<ImmutableArray<SlotMove>> MigrationsAsync(Observation seen, CancellationToken ct)
    {
        var givers = RepairQuestions
            .Primaries(seen.Topology)
            .Where(n => ServerFeatures.HasSlotMigrations(seen.ReportOf(n.Id)!.Server.Version))
            .ToImmutableArray();
        var told = await OfEachAsync(givers, seen, static (node, inner) => node.SlotMigrationsAsync(inner), ct);
        return
        [
            .. from giver in told
            from job in giver.Said
            where job is { IsExport: true, Ended: false }
            let taker = job.Peer is { } peer ? seen.Topology.Find(peer) : null
            where taker is { IsPrimary: true }
            let slots = job.Slots.Intersect(giver.Node.Slots)
            where !slots.IsEmpty
            select new SlotMove(giver.Node.Id, taker.Id, slots),
        ];
    }

    private async Task<(Node Node, T Said)[]> OfEachAsync<T>(
        ImmutableArray<Node> nodes,
        Observation seen,
        Func<ValkeyConnection, CancellationToken, Task<T>> question,
        CancellationToken ct
    ) =>
        await Task.WhenAll(
            nodes.Select(async n =>
                (n, await session.AskAsync(seen.Topology.Members[n.Member!], Patience, question, ct))
            )
        );
}
