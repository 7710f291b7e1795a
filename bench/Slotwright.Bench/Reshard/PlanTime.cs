using System.Collections.Immutable;
using System.Diagnostics;
using Slotwright.Bench.Reports;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Core.Slots;

namespace Slotwright.Bench.Reshard;

/// <summary>How long it takes to plan a rebalance, without a server.</summary>
internal static class PlanTime
{
    private static readonly int[] Sizes = [10, 100, 500];

    public static BenchSection Run(bool quick)
    {
        var runs = quick ? 3 : 11;
        return new BenchSection(
            "Planning",
            "Shards of one replica each that own random numbers of slots, in pieces; the plan of a rebalance is made and checked.",
            new Table(
                ["shards", "runs", "plan, ms, median", "checked, ms, median", "moves"],
                [.. Sizes.Select(shards => Row(shards, runs))]
            ),
            ""
        );
    }

    private static ImmutableArray<string> Row(int shards, int runs)
    {
        var topology = Uneven(shards, new Random(1));
        var (planned, checkedIn, moves) = (new List<double>(), new List<double>(), 0);
        for (var run = -1; run < runs; run++) // the run before the first is the compiler's
        {
            var start = Stopwatch.GetTimestamp();
            var plan = RebalancePlanner.Plan(topology, new RebalanceWish(null, 0.02, []));
            var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (!PlanChecker.Check(plan, topology).IsEmpty)
            {
                throw new InvalidOperationException("the plan is refused");
            }
            if (run >= 0)
            {
                planned.Add(took);
                checkedIn.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            moves = plan.Stages.Sum(s => s.Steps.Length);
        }
        return [$"{shards}", $"{runs}", Median(planned), Median(checkedIn), $"{moves}"];
    }

    private static Topology Uneven(int shards, Random random)
    {
        var owned = Enumerable.Range(0, shards).Select(_ => new List<int>()).ToArray();
        for (var slot = 0; slot < HashSlot.Count; )
        {
            var (shard, length) = (random.Next(shards), random.Next(1, 40));
            for (var end = Math.Min(HashSlot.Count, slot + length); slot < end; slot++)
            {
                owned[shard].Add(slot);
            }
        }
        var members = Enumerable.Range(0, shards * 2).Select(Member).ToArray();
        return new Topology(
            members.ToImmutableSortedDictionary(m => m.Name, m => m, StringComparer.Ordinal),
            [
                .. members.Select(m =>
                    m.Ordinal < shards
                        ? Node(m, null, SlotSet.OfSlots(owned[m.Ordinal]))
                        : Node(m, Id(m.Ordinal - shards), SlotSet.Empty)
                ),
            ]
        );
    }

    private static Member Member(int ordinal) =>
        new(
            $"m-{ordinal}",
            ordinal,
            $"az-{(char)('a' + (ordinal % 3))}",
            null,
            MemberPhase.Running,
            new NodeAddress($"10.0.{ordinal / 200}.{1 + (ordinal % 200)}", 6379),
            "",
            "",
            ""
        );

    private static Node Node(Member member, NodeId? primary, SlotSet slots) =>
        new(
            Id(member.Ordinal),
            member.Address,
            "",
            member.Name,
            primary,
            slots,
            primary is null ? LinkState.None : LinkState.InSync,
            Offset: 1,
            Keys: 1000,
            Epoch: member.Ordinal,
            Reachable: true,
            Failed: false,
            Joined: true,
            Alone: false,
            SeesForeign: false
        );

    private static NodeId Id(int ordinal) => NodeId.Parse($"{ordinal:d5}{new string('a', 35)}");

    private static string Median(List<double> values) => Figures.Text(Figures.Median(values), "0.0");
}
