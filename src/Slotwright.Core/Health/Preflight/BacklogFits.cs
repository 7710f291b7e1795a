using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Restarts;

namespace Slotwright.Core.Health.Preflight;

/// <summary>Whether a primary's backlog holds what is written while a replica of its restarts: else all is copied.</summary>
public static class BacklogFits
{
    /// <summary>From the end of a member's server to the start of the next.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

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
        var estimate = new ResumeEstimate(server.UsedMemory, server.StreamOut, Between);
        var (missed, backlog) = (estimate.Missed, Number(server, "repl_backlog_size"));
        var raised = BacklogRaise.To(backlog, estimate.WantedBacklog, server.UsedMemory, server.MaxMemory);
        return missed <= raised
            ? null
            : new Finding(
                "backlog-narrow",
                Verdict.Warning,
                shard.Primary.Label,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"about {missed / MiB:0.#} MiB are written while a replica is away for {estimate.Away.TotalSeconds:0} s; its backlog holds {backlog / MiB:0.#} MiB, and can be raised to {raised / MiB:0.#} meanwhile"
                ),
                "a replica that misses more than the backlog copies everything",
                "give it more memory (maxmemory), or wait for a quieter hour"
            );
    }

    private static long Number(ServerInfo server, string field) =>
        server.Fields.TryGetValue(field, out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
