namespace Slotwright;

/// <summary>What the program tells scripts; when several apply: Refused, then Failed, then Differences.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The world failed, or a check that applies could not be made.</summary>
    public const int Failed = 1;

    /// <summary>There are differences or findings.</summary>
    public const int Differences = 2;

    /// <summary>It would not be safe, or nobody could be asked.</summary>
    public const int Refused = 3;

    public const int Usage = 64;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;
}
