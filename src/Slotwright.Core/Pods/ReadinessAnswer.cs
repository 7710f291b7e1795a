namespace Slotwright.Core.Pods;

/// <summary>What follows from the evidence.</summary>
public enum ReadinessAnswer
{
    Ready,
    NotReady,

    /// <summary>It takes the member's own CLUSTER NODES to say.</summary>
    AskNodes,

    /// <summary>It takes its peers' CLUSTER NODES, and its own, to say.</summary>
    AskPeers,
}
