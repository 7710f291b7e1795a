using System.Collections.Immutable;
using Slotwright.Core.Failover;
using Slotwright.Core.Observing;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>By the agents of the other primaries: since when they neither hear its promise nor reach it.</summary>
internal sealed class UnreachableCondition(IAgentPlace place, AgentPost post) : IPrimaryCondition
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    public MemberCondition Said => MemberCondition.Unreachable;

    public async Task<FailoverEvidence> AskAsync(
        FailoverEvidence evidence,
        ImmutableArray<PeerRow> nodes,
        CancellationToken ct
    )
    {
        var primary = evidence.Shard.Primary;
        var primaries = nodes.Where(n => !n.Slots.IsEmpty).ToArray();
        var sights = await Task.WhenAll(
            primaries.Where(n => n.Id != primary).Select(n => AskAsync(n, new NodeQuestion(primary), ct))
        );
        return evidence with
        {
            Condition = MemberCondition.Unreachable,
            SincePromiseHolds = Promise.HoldsSince(
                [.. sights.OfType<SightAnswer>().Select(s => s.ToSight())],
                primaries.Length
            ),
        };
    }

    private async Task<SightAnswer?> AskAsync(PeerRow node, NodeQuestion question, CancellationToken ct) =>
        node.Address is { } address && place.AgentOf(address) is { } agent
            ? await post.AskAsync(
                agent,
                FailoverPaths.Sight,
                question,
                AgentJson.Default.NodeQuestion,
                AgentJson.Default.SightAnswer,
                Patience,
                ct
            )
            : null;
}
