using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Upgrades;

/// <summary>
/// Data that only newer versions can hold, by the servers' own counts: INFO keyspace says how many keys have fields
/// that expire (from 9.0 on), and which databases have keys. The counts are exact at the moment they are asked for.
/// </summary>
public static class NewerData
{
    private const string FieldExpiries = "keys_with_volatile_items";

    private static readonly Version FirstOfBoth = new(9, 0);

    /// <returns>Why members can't go back to a version; empty where they can.</returns>
    public static ImmutableArray<Finding> Refusals(Observation observation, Version target) =>
        target >= FirstOfBoth
            ? []
            :
            [
                .. from view in observation.Views
                where view.Report is { Server: var server } && server.Version >= FirstOfBoth
                from finding in Of(view.Label, view.Report!.Server, target)
                select finding,
            ];

    private static IEnumerable<Finding> Of(string member, ServerInfo server, Version target)
    {
        foreach (
            var (name, line) in server.Fields.Where(f => IsDatabase(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal)
        )
        {
            if (Count(line, FieldExpiries) is not { } keys)
            {
                yield return new Finding(
                    "field-expiries-unknown",
                    Verdict.Unknown,
                    member,
                    $"its server does not count keys whose fields expire ({FieldExpiries} of {name} in INFO keyspace)",
                    $"Valkey {target} can't hold them, and would lose them",
                    "stay at this version, or copy the data over the network"
                );
            }
            else if (keys > 0)
            {
                yield return new Finding(
                    "field-expiries",
                    Verdict.Failed,
                    member,
                    $"{keys} {(keys == 1 ? "key has" : "keys have")} fields that expire, by its server's own count",
                    $"Valkey {target} can't hold them: a full copy to it fails, and what it follows from a newer primary it does not understand",
                    "HPERSIST these fields, or delete the keys; then run the same command again"
                );
            }
            if (name != "db0" && Count(line, "keys") is > 0)
            {
                yield return new Finding(
                    "other-database",
                    Verdict.Failed,
                    member,
                    $"{name} has keys",
                    $"Valkey {target} has one database in cluster mode",
                    "move or delete them; then run the same command again"
                );
            }
        }
    }

    private static bool IsDatabase(string field) =>
        field.StartsWith("db", StringComparison.Ordinal) && field.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0;

    private static long? Count(string line, string name)
    {
        foreach (var pair in line.Split(','))
        {
            if (pair.Split('=') is [var key, var value] && key == name)
            {
                return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                    ? count
                    : null;
            }
        }
        return null;
    }
}
