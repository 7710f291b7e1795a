using Slotwright.Core.Cluster;

namespace Slotwright.Core.Pods;

/// <summary>A replica that a primary could hand its slots to.</summary>
/// <param name="Zone">Its availability zone; empty where it is not known.</param>
/// <param name="LinkUp">It follows its primary's stream.</param>
/// <param name="Offset">Bytes of the stream that it has applied.</param>
public sealed record HandOverCandidate(NodeId Id, string Zone, bool LinkUp, long Offset)
{
    /// <summary>
    /// It has no append-only file that is whole, though its primary keeps one: it has just come back, and would lose at
    /// the next crash what it acknowledges until then.
    /// </summary>
    public bool IsResuming { get; init; }

    /// <summary>Most primaries that were asked could not give it their vote yet: it has just come back.</summary>
    public bool IsUnheard { get; init; }
}
