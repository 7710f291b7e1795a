using System.Collections.Immutable;
using Slotwright.Core.Failover;
using Slotwright.Core.Observing;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>By the dead server's own agent, and by its port from here.</summary>
internal sealed class DeadCondition(IAgentPlace place, AgentPost post, TimeProvider time) : IPrimaryCondition
{
    private static readonly TimeSpan AskPatience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan KnockPatience = TimeSpan.FromMilliseconds(100);

    public MemberCondition Said => MemberCondition.Dead;

    public async Task<FailoverEvidence> AskAsync(
        FailoverEvidence evidence,
        ImmutableArray<PeerRow> nodes,
        CancellationToken ct
    )
    {
        var primary = evidence.Shard.Primary;
        if (
            nodes.FirstOrDefault(n => n.Id == primary)?.Address is not { } there
            || place.AgentOf(there) is not { } agent
        )
        {
            return evidence with { Condition = MemberCondition.Unknown };
        }
        var (knock, answer) = (
            place.KnockAsync(there, KnockPatience, time, ct),
            post.AskAsync(
                agent,
                FailoverPaths.Condition,
                new NodeQuestion(primary),
                AgentJson.Default.NodeQuestion,
                AgentJson.Default.ConditionAnswer,
                AskPatience,
                ct
            )
        );
        await Task.WhenAll(knock, answer);
        return evidence with
        {
            Knock = await knock,
            Condition = await answer is { } said && said.Node == primary ? said.Condition : MemberCondition.Unknown,
        };
    }
}
