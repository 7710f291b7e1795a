namespace Slotwright.Operations.SlotMovers;

/// <summary>What servers refuse for a moment: a replica that lags, a primary that has just begun, a script that runs.</summary>
internal static class PassingRefusal
{
    private static readonly string[] Words =
    [
        "NOREPLICAS",
        "CLUSTERDOWN",
        "LOADING",
        "BUSY ",
        "TRYAGAIN",
        "MASTERDOWN",
    ];

    /// <param name="text">An error reply; that of MIGRATE has the other server's within.</param>
    public static bool Is(string text) => Words.Any(w => text.Contains(w, StringComparison.Ordinal));
}
