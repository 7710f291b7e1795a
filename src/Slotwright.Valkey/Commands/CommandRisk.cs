using System.Collections.Frozen;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Commands;

/// <summary>
/// What a command does that a person should be asked about before it is sent. What is written to one node is
/// harmless here: that is what commands are for.
/// </summary>
public static class CommandRisk
{
    private const string ChangesUsers = "changes who may do what";
    private const string LoadsCode = "changes which code runs in the server";

    private static readonly FrozenDictionary<string, string> Always = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["FLUSHALL"] = "deletes all keys",
        ["FLUSHDB"] = "deletes all keys",
        ["SWAPDB"] = "exchanges all keys of two databases",
        ["SHUTDOWN"] = "ends the server",
        ["FAILOVER"] = "changes who is the primary",
        ["REPLICAOF"] = "changes whom the server replicates, and can empty it",
        ["SLAVEOF"] = "changes whom the server replicates, and can empty it",
        ["MIGRATE"] = "moves keys to another server",
        ["CONFIG SET"] = "changes the server's settings",
        ["CONFIG REWRITE"] = "changes the server's configuration file",
        ["FUNCTION FLUSH"] = "deletes all functions",
        ["FUNCTION RESTORE"] = "changes the server's functions",
        ["SCRIPT FLUSH"] = "deletes all scripts",
        ["ACL SETUSER"] = ChangesUsers,
        ["ACL DELUSER"] = ChangesUsers,
        ["ACL LOAD"] = ChangesUsers,
        ["CLIENT KILL"] = "ends connections of clients",
        ["CLIENT PAUSE"] = "makes all clients wait",
        ["MODULE LOAD"] = LoadsCode,
        ["MODULE LOADEX"] = LoadsCode,
        ["MODULE UNLOAD"] = LoadsCode,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> HarmlessOfCluster = new[]
    {
        "CLUSTER COUNT-FAILURE-REPORTS",
        "CLUSTER COUNTKEYSINSLOT",
        "CLUSTER GETKEYSINSLOT",
        "CLUSTER GETSLOTMIGRATIONS",
        "CLUSTER HELP",
        "CLUSTER INFO",
        "CLUSTER KEYSLOT",
        "CLUSTER LINKS",
        "CLUSTER MYID",
        "CLUSTER MYSHARDID",
        "CLUSTER NODES",
        "CLUSTER REPLICAS",
        "CLUSTER SHARDS",
        "CLUSTER SLAVES",
        "CLUSTER SLOT-STATS",
        "CLUSTER SLOTS",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>These run code of the user's, which may write whatever the command's own flags say.</summary>
    private static readonly FrozenSet<string> RunsCode = new[] { "EVAL", "EVALSHA", "FCALL" }.ToFrozenSet(
        StringComparer.Ordinal
    );

    /// <summary>What it does to a single node that is worth a question, as in "FLUSHALL deletes all keys"; else null.</summary>
    public static string? OnOne(RespCommand command)
    {
        var title = command.Title;
        return Always.TryGetValue(title, out var what) ? what
            : title.Split(' ')[0] == "DEBUG" && title is not "DEBUG" and not "DEBUG HELP"
                ? "can block the server, crash it or change its data"
            : title.StartsWith("CLUSTER ", StringComparison.Ordinal) && !HarmlessOfCluster.Contains(title)
                ? "changes the cluster"
            : null;
    }

    /// <summary>What it does to several nodes at once that is worth a question; else null.</summary>
    /// <param name="writes">What the server says of it; null where it could not be asked.</param>
    public static string? OnSeveral(RespCommand command, bool? writes) =>
        OnOne(command)
        ?? (
            RunsCode.Contains(command.Title)
                ? "can write"
                : writes switch
                {
                    true => "writes",
                    null => "may write (the servers do not say)",
                    false => null,
                }
        );
}
