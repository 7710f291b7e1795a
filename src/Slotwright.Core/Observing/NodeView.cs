using Slotwright.Core.Cluster;

namespace Slotwright.Core.Observing;

/// <summary>What one node says, or why it could not be asked: exactly one of Report and Unreachable is set.</summary>
/// <param name="Asked">The address that was asked, as its peers know it.</param>
/// <param name="Member">The member at that address; null where the target knows none there.</param>
/// <param name="Unreachable">Why there is no report, in words for people.</param>
public sealed record NodeView(NodeAddress Asked, string? Member, NodeReport? Report, string? Unreachable)
{
    /// <summary>What a person does about it; null where nothing better is known than to start it.</summary>
    public string? Remedy { get; init; }

    /// <summary>It lives, and answers nothing while a script or a function runs on it.</summary>
    public bool IsBusy { get; init; }

    /// <summary>It lives, and reads its data.</summary>
    public bool IsLoading { get; init; }

    /// <summary>It lives, and wants another password than the one that is known.</summary>
    public bool RefusesPassword { get; init; }

    /// <summary>What people call it: its member, else its address.</summary>
    public string Label => Member ?? Asked.ToString();
}
