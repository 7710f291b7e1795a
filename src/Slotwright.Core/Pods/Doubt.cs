using Slotwright.Core.Observing;

namespace Slotwright.Core.Pods;

/// <summary>What one member holds against another.</summary>
internal static class Doubt
{
    private const PeerFlags Signs = PeerFlags.Fail | PeerFlags.Possible | PeerFlags.NoAddress;

    /// <summary>It has failed, is suspected, or can't be reached at any address.</summary>
    public static bool IsFailing(this PeerRow node) => (node.Flags & Signs) != PeerFlags.None;
}
