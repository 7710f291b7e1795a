using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Bootstrap;

/// <summary>
/// Waits until all nodes of a young cluster agree. Each is first asked the short question; only when all have the
/// right answer to that, all are asked for everything, at the same time. What they say can go back for a moment: it
/// counts when it held twice.
/// </summary>
internal sealed class Settling(ClusterSession session, ImmutableArray<Member> members)
{
    private const int TimesInARow = 2;

    private readonly TimeSpan _deadline = TimeSpan.FromSeconds(30 + (members.Length * 0.5));

    /// <exception cref="OperationFailedException">They did not agree in time: what was missing at the end.</exception>
    public async Task<Observation> UntilFormedAsync(CancellationToken ct)
    {
        await Task.WhenAll(members.Select(m => UntilSeesAllAsync(m, ct)));
        Observation? observation = null;
        ImmutableArray<string> missing = [];
        var held = 0;
        var formed = await Wait.UntilAsync(
            async inner =>
            {
                observation = await session.ObserveAsync(inner);
                missing = Formed.Missing(observation);
                held = missing.IsEmpty ? held + 1 : 0;
                return held == TimesInARow;
            },
            _deadline,
            session.Time,
            ct
        );
        return formed
            ? observation!
            : throw new OperationFailedException(
                $"the nodes do not agree after {_deadline.TotalSeconds:0} s: "
                    + string.Join("; ", missing.Take(5))
                    + (missing.Length > 5 ? $"; and {missing.Length - 5} more" : ""),
                done: "all steps",
                next: "run the same command again: it goes on from here"
            );
    }

    private async Task UntilSeesAllAsync(Member member, CancellationToken ct)
    {
        var connection = await session.ConnectAsync(member, ct);
        await Wait.UntilAsync(
            async inner =>
                await connection.ClusterInfoAsync(inner) is { StateOk: true, SlotsOk: HashSlot.Count } info
                && info.KnownNodes >= members.Length,
            _deadline,
            session.Time,
            ct
        );
    }
}
