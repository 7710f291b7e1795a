using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Restarts;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Steps;

/// <summary>
/// Has the host restart a member that owns no slots, and waits until it is in sync again and its files are whole.
/// </summary>
internal static class RestartMemberHandler
{
    public static async Task RunAsync(RestartMember step, StepContext context, CancellationToken ct)
    {
        if (context.Host is not { } host)
        {
            throw new OperationFailedException(
                "this target has no host that could restart its members",
                member: step.Member
            );
        }
        var member = await MemberAsync(host, step.Member, ct);
        var isThere = member.Revision == step.Revision && member.Phase == MemberPhase.Running;
        if (!isThere)
        {
            await DemandSpareAsync(step, context, ct);
            if (step.StartsEmpty)
            {
                await host.RestartEmptyAsync(step.Member, ct);
                isThere = true;
            }
        }
        await new ResumeRestart(context.Session, host).RunAsync(
            member,
            isThere ? null : inner => host.RestartAsync(step.Member, inner),
            context.Told,
            ct
        );
        await SyncSettling.UntilInSyncAsync(await MemberAsync(host, step.Member, ct), context, ct);
    }

    /// <summary>Roles may have changed since the plan was made.</summary>
    private static async Task DemandSpareAsync(RestartMember step, StepContext context, CancellationToken ct)
    {
        if (step.AllowsDowntime || context.Topology.Find(step.Node) is not { Reachable: true })
        {
            return;
        }
        await Identity.EnsureAsync(step.Member, step.Node, context, ct);
        var peers = await context.AskAsync(step.Member, (node, inner) => node.PeersAsync(inner), ct);
        if (peers.Any(p => p.Id == step.Node && !p.Slots.IsEmpty))
        {
            throw new OperationFailedException(
                "it owns slots by now",
                member: step.Member,
                next: "run the same command again: it looks anew"
            );
        }
    }

    private static async Task<Member> MemberAsync(IClusterHost host, string name, CancellationToken ct) =>
        (await host.ListMembersAsync(ct)).Single(m => m.Name == name);
}
