namespace Slotwright.Core.Agent;

/// <summary>How long an agent leaves be what it did in vain.</summary>
public static class BackOff
{
    /// <summary>After that long, what was tried before counts no more.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>2 s after the first try, then twice as long each time, up to a minute.</summary>
    /// <param name="tries">At least 1.</param>
    public static TimeSpan After(int tries)
    {
        var pause = First * Math.Pow(2, Math.Min(tries, 30) - 1);
        return pause < Longest ? pause : Longest;
    }
}
