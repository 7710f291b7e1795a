using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Health.Preflight;

/// <summary>Whether a primary's backlog holds what is written while a replica of its restarts: else all is copied.</summary>
public static class BacklogFits
{
    /// <summary>Bytes a second that a server saves and loads, as its memory is counted: less than was ever seen.</summary>
    private const double BytesPerSecond = 100e6;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private const double KiB = 1024;
    private const double MiB = 1048576;

    public static ImmutableArray<Finding> Run(Observation observation)
    {
        ImmutableArray<Finding> narrow =
        [
            .. observation
                .Topology.Shards()
                .Where(s => !s.Replicas.IsEmpty)
                .Select(s => Judge(observation, s))
                .OfType<Finding>(),
        ];
        return narrow.IsEmpty
            ?
            [
                new Finding(
                    "backlog-fits",
                    Verdict.Ok,
                    "cluster",
                    "what is written while a member restarts fits into its primary's backlog",
                    "",
                    ""
                ),
            ]
            : narrow;
    }

    private static Finding? Judge(Observation observation, Shard shard)
    {
        if (observation.ReportOf(shard.Primary.Id)?.Server is not { } server)
        {
            return null;
        }
        var rate = Number(server, "instantaneous_output_repl_kbps") * KiB / shard.Replicas.Length;
        var away = Between.TotalSeconds + (2 * server.UsedMemory / BytesPerSecond);
        var (missed, backlog) = (rate * away, Number(server, "repl_backlog_size"));
        return missed <= backlog
            ? null
            : new Finding(
                "backlog-narrow",
                Verdict.Warning,
                shard.Primary.Label,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"about {missed / MiB:0.#} MiB are written while a replica is away for {away:0} s, and its backlog holds {backlog / MiB:0.#}"
                ),
                "a replica that misses more than the backlog copies everything",
                "the operation raises it where memory allows; or raise repl-backlog-size, or wait for a quieter hour"
            );
    }

    private static double Number(ServerInfo server, string field) =>
        server.Fields.TryGetValue(field, out var text)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
