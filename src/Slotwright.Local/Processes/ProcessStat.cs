using System.Globalization;

namespace Slotwright.Local.Processes;

/// <summary>What /proc/PID/stat says of a process (proc(5)).</summary>
/// <param name="State">R, S, D, T (stopped by a signal), Z (ended, not yet reaped), X.</param>
/// <param name="Session">Id of its session: its own pid where it leads it.</param>
/// <param name="StartTime">Clock ticks after the boot.</param>
internal sealed record ProcessStat(int Pid, string Command, char State, int Session, int Threads, long StartTime)
{
    /// <summary>
    /// Nothing of it is left but its exit status. While another thread of it is still ending, its first may be a
    /// zombie already, and its ports and files are still taken.
    /// </summary>
    public bool HasEnded => State is 'X' or 'x' || (State is 'Z' && Threads <= 1);

    public bool IsPaused => State is 'T';

    /// <summary>Null where there is no such process.</summary>
    public static ProcessStat? Read(int pid)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/{pid}/stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The command stands in parentheses and may hold spaces and parentheses itself.</summary>
    public static ProcessStat Parse(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var close = text.LastIndexOf(')');
        var rest = text[(close + 2)..].Split(' ');
        return new ProcessStat(
            int.Parse(text.AsSpan(0, open).Trim(), CultureInfo.InvariantCulture),
            text[(open + 1)..close],
            rest[0][0],
            int.Parse(rest[3], CultureInfo.InvariantCulture),
            int.Parse(rest[17], CultureInfo.InvariantCulture),
            long.Parse(rest[19], CultureInfo.InvariantCulture)
        );
    }
}
