using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.SlotMoves;

namespace Slotwright.Core.Planning.Scale;

/// <summary>Whether takers of slots have the memory for what lies in them, as far as it lies evenly in their givers' slots.</summary>
internal static class IncomingData
{
    /// <summary>What a server may hold of its limit, so that its clients and its replicas have room.</summary>
    private const double Most = 0.8;

    public static ImmutableArray<Finding> Refusals(ImmutableArray<SlotMove> moves, Observation observation) =>
        [.. moves.GroupBy(m => m.To).Select(taker => Refusal(taker, observation)).OfType<Finding>()];

    private static Finding? Refusal(IGrouping<NodeId, SlotMove> moves, Observation observation)
    {
        if (observation.ReportOf(moves.Key)?.Server is not { } server || Limit(server) is not { } limit)
        {
            return null;
        }
        var expected = server.UsedMemory + moves.Sum(m => Bytes(m, observation));
        return expected <= limit * Most
            ? null
            : new Finding(
                "memory-short",
                Verdict.Failed,
                observation.Topology.Find(moves.Key)?.Label ?? moves.Key.Short,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it would hold about {expected / Mebi:0} MiB, {100.0 * expected / limit:0} % of {(server.MaxMemory > 0 ? "its maxmemory" : "its machine's memory")}"
                ),
                "what does not fit is evicted, or refused, and forks need room",
                "keep more shards, or raise maxmemory; --force goes on all the same"
            );
    }

    private const double Mebi = 1 << 20;

    private static double Bytes(SlotMove move, Observation observation) =>
        observation.ReportOf(move.From) is { } giver
        && observation.Topology.Find(move.From) is { Slots.Count: > 0 and var owned }
            ? giver.Server.UsedMemory * (double)move.Slots.Count / owned
            : 0;

    private static long? Limit(ServerInfo server) =>
        server.MaxMemory > 0 ? server.MaxMemory
        : long.TryParse(
            server.Fields.GetValueOrDefault("total_system_memory"),
            CultureInfo.InvariantCulture,
            out var machine
        )
        && machine > 0
            ? machine
        : null;
}
