using System.Runtime.InteropServices;

namespace Slotwright.Bench.Probe;

/// <summary>Processor time of this process's children, and of theirs, that have ended: what the kernel counted.</summary>
internal static partial class ChildTimes
{
    private const int Children = -1;

    /// <summary>Two times of day (seconds and microseconds each), and fourteen figures that are not used.</summary>
    private const int Fields = 18;

    public static TimeSpan Read()
    {
        Span<long> usage = stackalloc long[Fields];
        return GetUsage(Children, usage) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : throw new InvalidOperationException("the kernel does not tell what children took");
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, Span<long> usage);
}
