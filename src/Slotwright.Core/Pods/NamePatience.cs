namespace Slotwright.Core.Pods;

/// <summary>How long a start waits for the names of the others to come into DNS.</summary>
public static class NamePatience
{
    /// <summary>A member that is away for longer finds the others by its own file when it comes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>
    /// In which no further name came, once most are there: who comes back after a whole restart comes at about the same
    /// time, and one that can't be scheduled is not to delay all the others.
    /// </summary>
    public static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);

    /// <param name="known">Names that DNS gives, the own one among them.</param>
    /// <param name="wanted">All names, the own one among them.</param>
    /// <param name="knowsSelf">DNS gives the own name with the address that the pod has now: it is up to date.</param>
    /// <param name="sinceLast">How long ago the last name came; since the beginning, if none came yet.</param>
    public static bool IsOver(int known, int wanted, bool knowsSelf, TimeSpan sinceLast) =>
        known == wanted || (knowsSelf && known * 2 > wanted && sinceLast >= Calm);
}
