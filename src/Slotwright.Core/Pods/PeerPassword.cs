namespace Slotwright.Core.Pods;

/// <summary>Which of two passwords another member of the cluster accepts.</summary>
public enum PeerPassword
{
    /// <summary>It does not answer, is no member of this cluster, or wants no password.</summary>
    Unknown,

    /// <summary>That of the Secret.</summary>
    Secret,

    /// <summary>The one that this member had before.</summary>
    Volume,

    /// <summary>Neither of them.</summary>
    Neither,
}
