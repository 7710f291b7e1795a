using System.Collections.Immutable;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Agent;

/// <summary>
/// Nodes that the server looks for where they were: its link to them is down, and their names lead elsewhere now. Nodes
/// remember each other by address, so that two that have both moved don't find each other by themselves.
/// </summary>
internal static class AddressHealing
{
    /// <summary>The others learn from those that were met.</summary>
    private const int MostAtOnce = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>Null where there is nothing to do.</returns>
    public static AgentDecision? Decide(AgentEvidence evidence)
    {
        var lost = evidence.Nodes.Where(n => IsLost(n, evidence)).ToImmutableArray();
        if (lost.IsEmpty)
        {
            return null;
        }
        if (evidence.Names is not { } names)
        {
            return new AgentDecision.AskNames([.. lost.Select(n => n.Hostname).Distinct(StringComparer.Ordinal)]);
        }
        var offset = evidence.Self.BusPort - (evidence.Self.Address?.Port ?? 0);
        ImmutableArray<Meeting> moved =
        [
            .. lost.Where(n => names.TryGetValue(n.Hostname, out var address) && address != n.Address)
                .Select(n => new Meeting(
                    n.Id,
                    n.Hostname,
                    names[n.Hostname],
                    n.BusPort > 0 ? n.BusPort : names[n.Hostname].Port + offset
                )),
        ];
        return moved.IsEmpty
            ? null
            : new AgentDecision.Meet(
                HealKind.Address,
                [.. Turned(moved, evidence.Tries * MostAtOnce).Take(MostAtOnce)],
                $"{moved.Length} of {evidence.Nodes.Length - 1} nodes do not answer, and their names lead elsewhere now"
            );
    }

    private static IEnumerable<Meeting> Turned(ImmutableArray<Meeting> all, int by) =>
        all.Skip(by % all.Length).Concat(all.Take(by % all.Length));

    /// <summary>A link that is being opened to a dead address counts as connected: it is known by a ping that waits.</summary>
    private static bool IsLost(PeerRow node, AgentEvidence evidence) =>
        node.Hostname.Length > 0
        && (node.Flags & (PeerFlags.Myself | PeerFlags.Handshake)) == PeerFlags.None
        && IsSilent(node, evidence)
        && !evidence.Nodes.Any(other =>
            other.Id != node.Id && !IsSilent(other, evidence) && other.IsNamesakeOf(node.Hostname)
        );

    private static bool IsSilent(PeerRow node, AgentEvidence evidence) =>
        !node.Linked
        || (node.Flags & (PeerFlags.Fail | PeerFlags.Possible | PeerFlags.NoAddress)) != PeerFlags.None
        || (node.PingSent > 0 && evidence.Now.ToUnixTimeMilliseconds() - node.PingSent > Patience.TotalMilliseconds);
}
