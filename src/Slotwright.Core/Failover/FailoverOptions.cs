namespace Slotwright.Core.Failover;

/// <summary>What an agent may do about a primary that is gone.</summary>
/// <param name="Enabled">Whether it replaces a dead one; Valkey alone decides where not.</param>
/// <param name="Unreachable">Whether it also replaces one that is cut off.</param>
/// <param name="WaitReplicas">The n of WAIT n whose writes must not be lost; at least 1.</param>
/// <param name="PreferAvailability">Whether it acts also where such writes might be lost.</param>
public sealed record FailoverOptions(bool Enabled, bool Unreachable, int WaitReplicas, bool PreferAvailability)
{
    public static FailoverOptions Default { get; } = new(true, false, 1, false);

    public static FailoverOptions Off { get; } = Default with { Enabled = false };
}
