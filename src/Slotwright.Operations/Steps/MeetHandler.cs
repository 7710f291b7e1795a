using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Steps;

/// <summary>
/// Tells one node of the cluster to meet another, once the other has said, with authentication and on its client
/// port, that it is the node of the plan. What they gossip does the rest.
/// </summary>
internal static class MeetHandler
{
    public static async Task RunAsync(Meet step, StepContext context, CancellationToken ct)
    {
        var member = await context.ConnectAsync(step.Member, ct);
        await Identity.EnsureAsync(member, step.Node, ct);
        var via = await context.ConnectAsync(step.Via, ct);
        await Identity.EnsureAsync(via, step.ViaNode, ct);
        var (address, bus) = (
            context.Topology.Members[step.Member].Address,
            context.Topology.Members[step.Member].BusPort
        );
        if (step.Again)
        {
            await new LastingMeeting(step, context).HoldAsync(address, bus, ct);
            return;
        }
        var wasAlone = context.Topology.Find(step.Node) is { Alone: true };
        await via.MeetAsync(address, bus, ct);
        var met = await Wait.UntilAsync(
            async inner =>
                wasAlone
                    ? (await member.ClusterInfoAsync(inner)).KnownNodes > 1
                    : await member.KnowsAsync(step.ViaNode, inner) && await via.KnowsAsync(step.Node, inner),
            context.Deadline,
            context.Session.Time,
            ct
        );
        if (!met)
        {
            throw new OperationFailedException(
                $"{step.Via} and {step.Member} have not met within {context.Deadline.TotalSeconds:0} s",
                member: step.Member,
                command: "CLUSTER MEET",
                next: $"check that {step.Via} reaches the bus port of {address.Host}, {bus ?? address.Port + 10000}"
            );
        }
    }
}
