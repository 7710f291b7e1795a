using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Parsing;

/// <summary>CLUSTER GETSLOTMIGRATIONS, from 9.0 on: atomic migrations that a node takes part in, also those that ended lately.</summary>
public static class SlotMigrationsParser
{
    private const string Command = "CLUSTER GETSLOTMIGRATIONS";

    /// <param name="reply">Null or an error where the server has no migrations: none then.</param>
    /// <returns>The latest first.</returns>
    /// <exception cref="ReplyFormatException">The reply can't be read.</exception>
    public static ImmutableArray<SlotMigration> Parse(RespValue reply) =>
        reply is RespValue.Array { Items: var jobs } ? [.. jobs.Select(Job)] : [];

    private static SlotMigration Job(RespValue job, int index)
    {
        var place = new Place(Command, $"migration {index + 1}");
        var fields = FieldsOf(job);
        var isExport = Text("operation") == "EXPORT";
        var peer =
            fields.GetValueOrDefault(isExport ? "target_node" : "source_node") ?? fields.GetValueOrDefault("node");
        return new SlotMigration(
            Text("name"),
            isExport,
            SlotSet.TryParse(Text("slot_ranges").Replace(' ', ','), null, out var slots)
                ? slots
                : throw place.At("slot_ranges").Wrong("not slot ranges", Text("slot_ranges")),
            NodeId.TryParse(peer, null, out var id) ? id : null,
            Text("state"),
            fields.GetValueOrDefault("message") ?? ""
        );

        string Text(string name) =>
            fields.GetValueOrDefault(name) ?? throw place.At(name).Wrong("the field is missing", "");
    }

    private static Dictionary<string, string?> FieldsOf(RespValue job)
    {
        IEnumerable<(RespValue Name, RespValue Value)> pairs = job switch
        {
            RespValue.Map { Entries: var entries } => entries.Select(e => (e.Key, e.Value)),
            RespValue.Array { Items: var words } => words.Chunk(2).Where(p => p.Length == 2).Select(p => (p[0], p[1])),
            _ => [],
        };
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            fields[name.AsText() ?? ""] = value.AsText();
        }
        return fields;
    }
}
