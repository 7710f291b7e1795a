using Slotwright.Core.Health;
using Slotwright.Core.Observing;

namespace Slotwright.Operations.Drills;

/// <summary>Whether a run's keys fit into a primary.</summary>
internal static class MemoryCheck
{
    /// <returns>Null where they do.</returns>
    /// <param name="needed">Bytes.</param>
    public static Finding? Judge(string primary, ServerInfo info, long needed) =>
        info.MaxMemory == 0 || info.UsedMemory + needed <= info.MaxMemory
            ? null
            : new Finding(
                "load-does-not-fit",
                Verdict.Failed,
                primary,
                $"its keys would take {Kibibytes(needed)} here, and {Kibibytes(Math.Max(0, info.MaxMemory - info.UsedMemory))} of maxmemory are free",
                "writes would be refused, or other keys evicted",
                "take a smaller --value-size, fewer --clients or a smaller --pipeline, or make room"
            );

    private static string Kibibytes(long bytes) => $"{(bytes + 1023) / 1024} KiB";
}
