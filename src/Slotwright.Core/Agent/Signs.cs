using Slotwright.Core.Observing;

namespace Slotwright.Core.Agent;

/// <summary>What rows of CLUSTER NODES say of a node.</summary>
internal static class Signs
{
    /// <summary>
    /// The observer is done with it: a majority has it as failed, or another node answers at its address. A suspicion
    /// (<c>fail?</c>) is no sign, nor is a link: one that is being opened to a dead address counts as connected.
    /// </summary>
    public static bool IsGone(this PeerRow node) =>
        (node.Flags & (PeerFlags.Fail | PeerFlags.NoAddress)) != PeerFlags.None;

    public static bool IsNamesakeOf(this PeerRow node, string hostname) =>
        hostname.Length > 0 && string.Equals(node.Hostname, hostname, StringComparison.OrdinalIgnoreCase);
}
