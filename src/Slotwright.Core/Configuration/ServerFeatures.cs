namespace Slotwright.Core.Configuration;

/// <summary>Which settings a server of a version knows.</summary>
public static class ServerFeatures
{
    private static readonly Version V80 = new(8, 0);
    private static readonly Version V81 = new(8, 1);

    /// <summary>The setting <c>availability-zone</c>.</summary>
    public static bool HasAvailabilityZone(Version version) => version >= V80;

    /// <summary>The password that a replica gives its primary: <c>primaryauth</c>, before 8.0 <c>masterauth</c>.</summary>
    public static string PrimaryAuth(Version version) => version >= V80 ? "primaryauth" : "masterauth";

    /// <summary>From 8.1 <c>io-threads-do-reads</c> is taken without effect.</summary>
    public static bool HasIoThreadsDoReads(Version version) => version < V81;
}
