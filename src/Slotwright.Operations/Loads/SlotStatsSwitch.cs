using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Loads;

/// <summary>Whether primaries count what slots cost: cluster-slot-stats-enabled, off where nobody has said otherwise.</summary>
public static class SlotStatsSwitch
{
    public const string Setting = "cluster-slot-stats-enabled";

    /// <summary>The command that turns it on.</summary>
    public const string TurnOn = $"slotwright exec --on primaries -- CONFIG SET {Setting} yes";

    /// <summary>The finding of servers that could count.</summary>
    public const string IsOff = "slot-stats-off";

    private static readonly Version First = new(8, 0);

    /// <summary>Primaries that own slots and do not count, in the order of their slots.</summary>
    /// <exception cref="OperationFailedException">One does not answer, or refuses.</exception>
    public static async Task<ImmutableArray<Node>> FindOffAsync(
        ClusterSession session,
        Observation observation,
        CancellationToken ct
    )
    {
        var readings = await new LoadReader(session, new LoadQuestion(SampleKeys: 0)).ReadAsync(observation, ct);
        return [.. readings.Where(r => r.Stats.Any(s => s.Work is null)).Select(r => r.Primary)];
    }

    /// <summary>Until the servers are restarted. Nothing but the counting changes.</summary>
    /// <exception cref="OperationFailedException">One does not answer, or refuses.</exception>
    public static Task TurnOnAsync(
        ClusterSession session,
        Observation observation,
        ImmutableArray<Node> primaries,
        CancellationToken ct
    ) =>
        Task.WhenAll(
            primaries.Select(p =>
                session.AskAsync(
                    observation.Topology.Members[p.Member!],
                    async (node, inner) =>
                    {
                        await node.ConfigSetAsync(Setting, "yes", inner);
                        return true;
                    },
                    ct
                )
            )
        );

    /// <param name="off">At least one.</param>
    /// <param name="remedy">Where the servers could count.</param>
    public static Finding Off(Observation observation, ImmutableArray<Node> off, string remedy)
    {
        var subject = string.Join(", ", off.Select(n => n.Label));
        return off.Any(n => observation.ReportOf(n.Id)?.Server is { } s && (s.Product != "valkey" || s.Version < First))
            ? new Finding(
                "slot-stats-missing",
                Verdict.Failed,
                subject,
                "these servers do not count what slots cost",
                $"CLUSTER SLOT-STATS came with Valkey {First}",
                "upgrade them; keys and memory can be told of all versions"
            )
            : new Finding(
                IsOff,
                Verdict.Failed,
                subject,
                $"{Setting} is off: nobody knows what slots cost",
                "servers count CPU and network by slot only where they are told to",
                remedy
            );
    }
}
