using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Scale;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.Scale;

/// <summary>What a host of members in zones in turn would say.</summary>
internal static class Growing
{
    public static ScaleWish To(Topology topology, int shards, int replicas, int zones = 3)
    {
        var shape = new ClusterShape(shards * (replicas + 1), replicas);
        return new ScaleWish(
            shape,
            [
                .. Enumerable
                    .Range(0, shape.Members)
                    .Where(o => !topology.Members.ContainsKey(Members.Name(o)))
                    .Select(o => Member(o, zones)),
            ]
        );
    }

    public static Plan Plan(Topology topology, ScaleWish wish) => ScalePlanner.Plan(Seen(topology), wish);

    public static Observation Seen(Topology topology) => new(topology, Views.Of(topology), []);

    /// <summary>The cluster once members have been started, as it is seen then: their nodes have ids.</summary>
    public static Topology Started(Topology topology, ScaleWish wish) =>
        topology with
        {
            Members = topology.Members.AddRange(wish.New.Select(m => KeyValuePair.Create(m.Name, m))),
            Nodes = [.. topology.Nodes, .. wish.New.Select(Alone)],
        };

    private static Node Alone(Member member) =>
        Members.Fresh(member.Ordinal + 1, 3).NodeOf(member.Name)! with
        {
            Joined = false,
            Apart = true,
        };

    private static Member Member(int ordinal, int zones) =>
        Members.Fresh(ordinal + 1, zones).Members[Members.Name(ordinal)] with
        {
            Phase = MemberPhase.Stopped,
        };
}
