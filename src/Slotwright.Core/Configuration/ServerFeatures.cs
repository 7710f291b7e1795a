namespace Slotwright.Core.Configuration;

/// <summary>Which settings a server of a version knows.</summary>
public static class ServerFeatures
{
    private static readonly Version V80 = new(8, 0);
    private static readonly Version V81 = new(8, 1);
    private static readonly Version V90 = new(9, 0);

    /// <summary>The setting <c>availability-zone</c>.</summary>
    public static bool HasAvailabilityZone(Version version) => version >= V80;

    /// <summary>The password that a replica gives its primary: <c>primaryauth</c>, before 8.0 <c>masterauth</c>.</summary>
    public static string PrimaryAuth(Version version) => version >= V80 ? "primaryauth" : "masterauth";

    /// <summary>From 8.1 <c>io-threads-do-reads</c> is taken without effect.</summary>
    public static bool HasIoThreadsDoReads(Version version) => version < V81;

    /// <summary>The word <c>failover</c> of <c>shutdown-on-sigterm</c>.</summary>
    public static bool HasShutdownFailover(Version version) => version >= V90;

    /// <summary>repl-backlog-size where none is configured.</summary>
    public static string DefaultBacklog(Version version) => version >= V80 ? "10mb" : "1mb";

    /// <summary>CLUSTER MIGRATESLOTS and what belongs to it.</summary>
    public static bool HasSlotMigrations(Version version) => version >= V90;

    /// <summary>
    /// Up to 8.0 voters refuse a second manual failover of the same primary for twice the node timeout.
    /// </summary>
    public static bool RefusesSecondFailover(Version version) => version < V81;

    /// <summary>Settings that the server takes, and that do nothing. Tried on 8.0, 8.1 and 9.1.</summary>
    public static bool IsWithoutEffect(string name, Version version) =>
        name switch
        {
            "io-threads-do-reads" or "dynamic-hz" => version >= V81,
            "lua-replicate-commands" or "list-max-ziplist-entries" or "list-max-ziplist-value" => true,
            _ => false,
        };
}
