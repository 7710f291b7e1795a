using System.Collections.Frozen;
using Slotwright.Core.Observing;

namespace Slotwright.Valkey.Parsing;

/// <summary>CLUSTER INFO.</summary>
public static class ClusterInfoParser
{
    private const string Command = "CLUSTER INFO";

    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        "cluster_state",
        "cluster_slots_assigned",
        "cluster_slots_ok",
        "cluster_slots_pfail",
        "cluster_slots_fail",
        "cluster_nodes_pfail",
        "cluster_nodes_fail",
        "cluster_voting_nodes_pfail",
        "cluster_voting_nodes_fail",
        "cluster_known_nodes",
        "cluster_size",
        "cluster_current_epoch",
        "cluster_my_epoch",
        "cluster_stats_bytes_sent",
        "cluster_stats_bytes_received",
        "cluster_stats_pubsub_bytes_sent",
        "cluster_stats_pubsub_bytes_received",
        "cluster_stats_module_bytes_sent",
        "cluster_stats_module_bytes_received",
        "total_cluster_links_buffer_limit_exceeded"
    );

    /// <param name="unrecognized">Takes what these versions are not known to say.</param>
    /// <exception cref="ReplyFormatException">A line is not of the known form, or a field is missing.</exception>
    public static ClusterInfo Parse(string text, ICollection<string> unrecognized)
    {
        var fields = Fields.Read(text, Command);
        foreach (var name in fields.Values.Keys.Where(n => !IsKnown(n)))
        {
            unrecognized.Add($"{Command}: field {name}");
        }
        return new ClusterInfo(
            fields.Text("cluster_state") switch
            {
                "ok" => true,
                "fail" => false,
                var state => throw fields.At("cluster_state").Wrong("neither ok nor fail", state),
            },
            fields.SmallNumber("cluster_slots_assigned"),
            fields.SmallNumber("cluster_slots_ok"),
            fields.SmallNumber("cluster_slots_pfail"),
            fields.SmallNumber("cluster_slots_fail"),
            fields.SmallNumber("cluster_known_nodes"),
            fields.SmallNumber("cluster_size"),
            fields.Number("cluster_current_epoch"),
            fields.Number("cluster_my_epoch")
        );
    }

    /// <summary>Also knows the counters of messages by kind, of which the bus of each version has its own.</summary>
    internal static bool IsKnown(string name) =>
        Known.Contains(name)
        || (
            name.StartsWith("cluster_stats_messages_", StringComparison.Ordinal)
            && (
                name.EndsWith("_sent", StringComparison.Ordinal) || name.EndsWith("_received", StringComparison.Ordinal)
            )
        );
}
