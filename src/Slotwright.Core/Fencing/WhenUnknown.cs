namespace Slotwright.Core.Fencing;

/// <summary>What a member does whose replicas do not say what they hold.</summary>
public enum WhenUnknown
{
    /// <summary>It stays held back until they do.</summary>
    Wait,

    /// <summary>It starts with what it has: for caches, whose data may be lost.</summary>
    Start,
}
