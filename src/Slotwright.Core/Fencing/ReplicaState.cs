namespace Slotwright.Core.Fencing;

/// <summary>What a replica of the shard at stake is found to be.</summary>
public enum ReplicaState
{
    /// <summary>It has not answered: what it holds is not known.</summary>
    Silent,

    /// <summary>It reads its data, and will tell.</summary>
    Loading,

    /// <summary>Another node answers in its place: it has lost its volume, and the shard's data with it.</summary>
    Replaced,

    /// <summary>It said what it holds.</summary>
    Answered,
}
