using System.Collections.Immutable;
using Slotwright.Core.Agent;
using Slotwright.Core.Cluster;
using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Running;

/// <summary>Where no lock keeps operations apart: what another has left open on the nodes, or says there of itself.</summary>
internal static class OthersAtWork
{
    private static readonly RespCommand Clients = RespCommand.Of("CLIENT", "LIST");

    /// <param name="mendsWhatIsOpen">What is open says nothing: only who says of itself that it is at work.</param>
    /// <exception cref="RefusedException">Another is at work: where, and on what.</exception>
    public static async Task DemandNoneAsync(
        string operation,
        ClusterSession session,
        Observation observation,
        bool mendsWhatIsOpen,
        CancellationToken ct
    )
    {
        var told = await Task.WhenAll(
            observation
                .Views.Where(v => v is { Report: not null, Member: not null })
                .Select(v => AskAsync(session, observation.Topology.Members[v.Member!], v.Report!.Server.Version, ct))
        );
        ImmutableArray<Finding> found =
        [
            .. mendsWhatIsOpen
                ? []
                : observation
                    .Views.Where(v => v.Report?.Self.OpenSlots.IsEmpty == false)
                    .Select(OpenSlots)
                    .Concat(told.SelectMany(t => t.Moving)),
            .. told.SelectMany(t => t.Operations).Distinct(StringComparer.Ordinal).Select(Operation),
        ];
        if (!found.IsEmpty)
        {
            throw new RefusedException(operation, [.. found]);
        }
    }

    /// <summary>A server that refuses the questions says nothing.</summary>
    private static async Task<(ImmutableArray<string> Operations, ImmutableArray<Finding> Moving)> AskAsync(
        ClusterSession session,
        Member member,
        Version version,
        CancellationToken ct
    )
    {
        var clients = await session.AskAsync(member, (node, inner) => node.SendAsync(Clients, inner), ct);
        ImmutableArray<SlotMigration> migrations = ServerFeatures.HasSlotMigrations(version)
            ? await session.AskAsync(member, static (node, inner) => node.SlotMigrationsAsync(inner), ct)
            : [];
        return (
            [.. OperationMark.OfClientList(clients.AsText() ?? "").Select(m => m.Operation)],
            [.. migrations.Where(m => !m.Ended).Select(m => Moving(member.Name, m.Slots))]
        );
    }

    private static Finding Moving(string member, SlotSet slots) =>
        new(
            "slots-moving",
            Verdict.Failed,
            member,
            $"it takes part in a migration of slots {slots}",
            "another operation moves slots; on this target no lock keeps operations apart",
            "wait for it, or end it with CLUSTER CANCELSLOTMIGRATIONS"
        );

    private static Finding OpenSlots(NodeView view) =>
        new(
            "slots-open",
            Verdict.Failed,
            view.Label,
            $"{view.Report!.Self.OpenSlots.Length} slots are on their way there, slot {view.Report.Self.OpenSlots[0].Slot} first",
            "another operation moves slots, or was cut off; on this target no lock keeps operations apart",
            "wait for it; where none runs, slotwright repair"
        );

    private static Finding Operation(string operation) =>
        new(
            "operation-at-work",
            Verdict.Failed,
            "cluster",
            $"'{operation}' is at work on it",
            "two operations at once undo what the other counts on; on this target no lock keeps them apart",
            "wait for it"
        );
}
