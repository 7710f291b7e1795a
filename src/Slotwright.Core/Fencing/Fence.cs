using System.Collections.Immutable;

namespace Slotwright.Core.Fencing;

/// <summary>
/// Whether a primary's server may start with its own data. One that comes back empty, or with older data, empties its
/// replicas or sets them back; so a replica that has more takes over before it starts.
/// </summary>
public static class Fence
{
    public static FenceDecision Judge(FenceEvidence evidence)
    {
        if (evidence.Shard is not { } shard)
        {
            return new FenceDecision.Start("it owns no slots");
        }
        if (evidence.Own.Kind == OwnDataKind.Complete)
        {
            return new FenceDecision.Start("its append-only file has all that it acknowledged");
        }
        if (shard.TakenOverBy is { } other)
        {
            return new FenceDecision.Wait($"{other} has taken over; the news has not come everywhere yet");
        }
        ImmutableArray<FencedReplica> open =
        [
            .. shard.Replicas.Where(r => r.State is ReplicaState.Silent or ReplicaState.Loading),
        ];
        if (open.Any(r => r.State == ReplicaState.Loading || !evidence.IsLate))
        {
            return new FenceDecision.Wait($"{Names(open)} {Has(open)} not said yet what {They(open)} {Hold(open)}");
        }
        if (DataOrder.Best(shard.Replicas, evidence.Own, evidence.Streams) is { } best)
        {
            return new FenceDecision.Promote(best, $"{best.Name} has more: {Compare(best, evidence.Own)}");
        }
        return open.IsEmpty ? new FenceDecision.Start(NobodyBetter(shard, evidence.Own))
            : evidence.IsTold || evidence.WhenUnknown == WhenUnknown.Start
                ? new FenceDecision.Start(
                    $"{Names(open)} {Has(open)} not answered; it starts with what it has, since {(evidence.IsTold ? "it was told to" : "fence.whenUnknown is start")}"
                )
            : new FenceDecision.HoldBack(
                [.. open.Select(r => r.Name)],
                $"its own data {Describe(evidence.Own)}, and {Names(open)}, which may hold more, {Has(open)} not answered"
            );
    }

    private static string NobodyBetter(FencedShard shard, OwnData own) =>
        shard.Replicas.IsEmpty
            ? $"its own data {Describe(own)}, and no replica is known"
            : $"its own data {Describe(own)}, and none of its replicas ({Names(shard.Replicas)}) has more";

    private static string Compare(FencedReplica best, OwnData own) =>
        own.Kind == OwnDataKind.Empty
            ? $"{best.Keys} keys, and its own data {Describe(own)}"
            : $"{best.Keys} keys at offset {best.Offset}, and its own data {Describe(own)}";

    private static string Describe(OwnData own) =>
        own.Kind == OwnDataKind.Empty ? "is empty" : $"is a snapshot at offset {own.Offset}";

    private static string Names(ImmutableArray<FencedReplica> replicas) =>
        string.Join(", ", replicas.Select(r => r.Name));

    private static string Has(ImmutableArray<FencedReplica> who) => who.Length == 1 ? "has" : "have";

    private static string They(ImmutableArray<FencedReplica> who) => who.Length == 1 ? "it" : "they";

    private static string Hold(ImmutableArray<FencedReplica> who) => who.Length == 1 ? "holds" : "hold";
}
