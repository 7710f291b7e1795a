using System.Collections.Immutable;
using Slotwright.Core.Agent;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Agent;

/// <summary>What an agent does, one step at a time. Each looks once more before the point of no return.</summary>
internal sealed class AgentDeeds(AgentServer server, AgentPeers peers, IProgress<string> log)
{
    /// <summary>Whoever answers is met: for the controls of tests.</summary>
    public bool IsWithoutIdentityCheck { get; init; }

    /// <returns>Whether something was done.</returns>
    /// <exception cref="OperationFailedException">The server refused, or does not answer.</exception>
    public async Task<bool> DoAsync(AgentDecision decision, AgentEvidence evidence, CancellationToken ct)
    {
        switch (decision)
        {
            case AgentDecision.Meet meet:
                return (await AgentPeers.EachAsync(meet.Nodes, MeetAsync, ct)).Contains(true);
            case AgentDecision.Replicate replicate:
                await server.AskAsync((own, inner) => ReplicateAsync(own, evidence.Self.Id, replicate, inner), ct);
                return true;
            case AgentDecision.Forget forget:
                return await ForgetAsync(forget.Nodes, evidence, ct);
            default:
                return false;
        }
    }

    /// <summary>
    /// The bus has no password: who is told to meet an address meets whoever is there, and two clusters that meet merge.
    /// So the node has to say first, with authentication and on its client port, that it is the one that is meant.
    /// </summary>
    private async Task<bool> MeetAsync(Meeting meeting, CancellationToken ct)
    {
        var id = await peers.AskAsync<NodeId?>(meeting.Address, async (peer, inner) => await peer.MyIdAsync(inner), ct);
        if (id != meeting.Id && !IsWithoutIdentityCheck)
        {
            log.Report(
                id is { } other
                    ? $"{meeting.Name} leads to {meeting.Address}, where {other.Short} is rather than {meeting.Id.Short}: not met"
                    : $"{meeting.Name} leads to {meeting.Address}, where nobody says that it is {meeting.Id.Short}: not met"
            );
            return false;
        }
        await server.AskAsync(
            async (own, inner) =>
            {
                await own.MeetAsync(meeting.Address, meeting.BusPort, inner);
                return true;
            },
            ct
        );
        log.Report($"met {meeting.Name} at {meeting.Address}, which is {meeting.Id.Short}");
        return true;
    }

    private async Task<bool> ReplicateAsync(
        ValkeyConnection own,
        NodeId self,
        AgentDecision.Replicate replicate,
        CancellationToken ct
    )
    {
        if (await own.MyIdAsync(ct) != self || await own.ServerInfoAsync(ct) is { IsPrimary: true, Keys: > 0 })
        {
            throw new OperationFailedException("it is another now, or holds keys", AgentServer.Label);
        }
        await own.ReplicateAsync(replicate.Primary, ct);
        log.Report($"replicates {replicate.Primary.Short}");
        return true;
    }

    /// <summary>
    /// By every member that answers, so that none of them brings it back: from 8.0 on they tell each other, for a minute.
    /// </summary>
    private async Task<bool> ForgetAsync(ImmutableArray<NodeId> former, AgentEvidence evidence, CancellationToken ct)
    {
        var done = false;
        foreach (var id in former)
        {
            var command = RespCommand.Of("CLUSTER", "FORGET", id.Value);
            var others = await AgentPeers.EachAsync(
                (evidence.Members ?? []).Select(m => m.Address),
                (address, inner) =>
                    peers.AskAsync<RespValue?>(address, async (peer, i) => await peer.SendAsync(command, i), inner),
                ct
            );
            var own = await server.AskAsync((mine, inner) => mine.SendAsync(command, inner), ct);
            var refused = others.Append(own).OfType<RespValue.Error>().Where(e => !IsUnknown(e)).ToArray();
            var forgotten = others.Append(own).Count(r => r is RespValue.Simple);
            log.Report(
                $"{id.Short} is forgotten by {forgotten} of {others.Length + 1}"
                    + (refused is [var first, ..] ? $"; {refused.Length} refused: {first.Text}" : "")
            );
            done |= forgotten > 0;
        }
        return done;
    }

    private static bool IsUnknown(RespValue.Error error) =>
        error.Text.Contains("Unknown node", StringComparison.Ordinal);
}
