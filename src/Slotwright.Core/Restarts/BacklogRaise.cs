namespace Slotwright.Core.Restarts;

/// <summary>How far a primary's backlog is raised while a replica of its is away.</summary>
public static class BacklogRaise
{
    private const long MiB = 1 << 20;

    /// <summary>A server without a limit of its own lends no more.</summary>
    private const long WithoutLimit = 1024 * MiB;

    /// <param name="now">Bytes: repl-backlog-size.</param>
    /// <param name="wanted">Bytes.</param>
    /// <param name="usedMemory">Bytes that count against maxmemory.</param>
    /// <param name="maxMemory">Bytes; 0 for no limit.</param>
    /// <returns>Bytes, in whole MiB where it is raised; half of the free memory is left to the keys.</returns>
    public static long To(long now, long wanted, long usedMemory, long maxMemory)
    {
        var lent = maxMemory == 0 ? WithoutLimit : Math.Max(0, maxMemory - usedMemory) / 2;
        var most = now + (lent / MiB * MiB);
        var raised = (wanted + MiB - 1) / MiB * MiB;
        return Math.Max(now, Math.Min(raised, most));
    }
}
