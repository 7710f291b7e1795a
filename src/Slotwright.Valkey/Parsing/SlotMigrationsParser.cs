using System.Collections.Immutable;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Parsing;

/// <summary>CLUSTER GETSLOTMIGRATIONS, from 9.0 on: atomic migrations that a node takes part in, also those that ended lately.</summary>
public static class SlotMigrationsParser
{
    /// <returns>The slot ranges of each that has not ended, as the server writes them: <c>0-10</c>.</returns>
    public static ImmutableArray<string> Running(RespValue reply) =>
        reply is RespValue.Array { Items: var jobs }
            ?
            [
                .. jobs.Where(j => Field(j, "state") is { } state && !HasEnded(state))
                    .Select(j => Field(j, "slot_ranges") ?? ""),
            ]
            : [];

    private static bool HasEnded(string state) => state is "success" or "failed" or "cancelled" or "canceled";

    private static string? Field(RespValue job, string name) =>
        job switch
        {
            RespValue.Array { Items: var words } => words
                .Chunk(2)
                .Where(p => p.Length == 2 && p[0].AsText() == name)
                .Select(p => p[1].AsText())
                .FirstOrDefault(),
            RespValue.Map { Entries: var entries } => entries
                .Where(e => e.Key.AsText() == name)
                .Select(e => e.Value.AsText())
                .FirstOrDefault(),
            _ => null,
        };
}
