using System.Globalization;

namespace Slotwright.Integration.Tests.Support;

/// <summary>INFO commandstats: what a server has carried out since it started, or since CONFIG RESETSTAT.</summary>
public static class CommandStats
{
    /// <param name="info">What the server said.</param>
    /// <param name="command">As it is written there: setrange, or cluster|nodes.</param>
    public static long Calls(string info, string command)
    {
        var begin = $"cmdstat_{command}:calls=";
        var at = info.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return at < begin.Length ? 0 : long.Parse(info[at..info.IndexOf(',', at)], CultureInfo.InvariantCulture);
    }
}
