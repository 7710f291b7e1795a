namespace Slotwright.Core.Drills;

/// <summary>The names of reasons: in error replies, and in words for people.</summary>
public static class FailureReasons
{
    public static int Count { get; } = Enum.GetValues<FailureReason>().Length;

    /// <summary>The reason that an error reply gives.</summary>
    /// <param name="code">Its first word.</param>
    public static FailureReason OfCode(string? code) =>
        code switch
        {
            "MISCONF" => FailureReason.Misconf,
            "OOM" => FailureReason.Oom,
            "CLUSTERDOWN" => FailureReason.ClusterDown,
            "TRYAGAIN" => FailureReason.TryAgain,
            "LOADING" => FailureReason.Loading,
            "MASTERDOWN" => FailureReason.MasterDown,
            "READONLY" => FailureReason.ReadOnly,
            "NOREPLICAS" => FailureReason.NoReplicas,
            "BUSY" => FailureReason.Busy,
            "NOPERM" => FailureReason.NoPermission,
            "MOVED" or "ASK" => FailureReason.Moved,
            _ => FailureReason.OtherError,
        };

    /// <summary>As it stands after a number: <c>12 no answer in time</c>.</summary>
    public static string Words(FailureReason reason) =>
        reason switch
        {
            FailureReason.NotBegun => "not begun in time",
            FailureReason.NoAnswer => "no answer in time",
            FailureReason.NoConnection => "no connection",
            FailureReason.Interrupted => "cut off by the end of the run",
            FailureReason.Misconf => "MISCONF (its disk can't be written)",
            FailureReason.Oom => "OOM (maxmemory is used up)",
            FailureReason.ClusterDown => "CLUSTERDOWN",
            FailureReason.TryAgain => "TRYAGAIN",
            FailureReason.Loading => "LOADING",
            FailureReason.MasterDown => "MASTERDOWN",
            FailureReason.ReadOnly => "READONLY",
            FailureReason.NoReplicas => "NOREPLICAS",
            FailureReason.Busy => "BUSY (a script runs)",
            FailureReason.NoPermission => "NOPERM",
            FailureReason.Moved => "sent on without end (MOVED)",
            _ => "other error",
        };
}
