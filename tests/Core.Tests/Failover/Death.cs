using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;

namespace Slotwright.Core.Tests.Failover;

/// <summary>Evidence of a dead primary P with replicas A and B, as the agent of A has it. A is the better one.</summary>
internal static class Death
{
    public const string Stream = "stream";

    public static readonly NodeId P = Id('f');
    public static readonly NodeId A = Id('a');
    public static readonly NodeId B = Id('b');

    public static NodeId Id(char digit) => NodeId.Parse(new string(digit, 40));

    public static ReplicaReading Reading(NodeId id, long offset) => new(id, true, false, offset, Stream);

    public static FailoverEvidence Of(NodeId self, params ReplicaReading[] readings) =>
        new(new LostShard(self, P, [A, B], null, Turn: 0), MemberCondition.Dead, FailoverOptions.Default)
        {
            Knock = PortAnswer.Refused,
            Stream = Stream,
            Readings = [.. readings],
        };

    public static FailoverEvidence Both(NodeId self) => Of(self, Reading(A, 200), Reading(B, 100));

    public static string Verb(FailoverDecision decision) => decision.GetType().Name;

    public static FailoverEvidence With(this FailoverEvidence evidence, Func<LostShard, LostShard> change) =>
        evidence with
        {
            Shard = change(evidence.Shard),
        };

    public static FailoverEvidence WithReading(
        this FailoverEvidence evidence,
        NodeId id,
        Func<ReplicaReading, ReplicaReading> change
    ) => evidence with { Readings = [.. evidence.Readings!.Value.Select(r => r.Id == id ? change(r) : r)] };
}
