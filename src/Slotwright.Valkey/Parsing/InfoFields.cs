namespace Slotwright.Valkey.Parsing;

/// <summary>Whether INFO is known to have a field.</summary>
internal static class InfoFields
{
    /// <summary>Fields of which there are as many as there are commands, errors, databases, ...</summary>
    private static readonly string[] Families = ["cmdstat_", "errorstat_", "latency_percentiles_usec_"];

    /// <summary>Names that are followed by a number: <c>db0</c>, <c>slave1</c>.</summary>
    private static readonly string[] Numbered =
    [
        "db",
        "slave",
        "listener",
        "engine_",
        "module_",
        "io_thread_",
        "used_active_time_io_thread_",
    ];

    public static bool IsKnown(string name) =>
        InfoFieldNames.All.Contains(name)
        || Families.Any(f => name.StartsWith(f, StringComparison.Ordinal))
        || Numbered.Any(n => IsNumbered(name, n))
        || ClusterInfoParser.IsKnown(name); // 9.x has CLUSTER INFO among its sections

    public static bool IsDatabase(string name) => IsNumbered(name, "db");

    private static bool IsNumbered(string name, string stem) =>
        name.Length > stem.Length
        && name.StartsWith(stem, StringComparison.Ordinal)
        && !name.AsSpan(stem.Length).ContainsAnyExceptInRange('0', '9');
}
