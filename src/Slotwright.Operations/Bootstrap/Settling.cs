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
/// Waits until all nodes of a young cluster agree. Each is first asked short questions, one after the other as it has
/// the answers; only when all have them, all are asked for everything, at the same time. What they say can go back for
/// a moment: it counts when it held twice. The settings of the time of forming are back by then.
/// </summary>
/// <param name="replicas">How many of the members the plan makes replicas.</param>
internal sealed class Settling(
    ClusterSession session,
    FormingSettings settings,
    ImmutableArray<Member> members,
    int replicas
)
{
    private const int TimesInARow = 2;
    private static readonly TimeSpan LeastLook = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _deadline = TimeSpan.FromSeconds(30 + (members.Length * 0.5));

    /// <summary>A hundred nodes that answer all the time have less of it for each other.</summary>
    private readonly TimeSpan _pause = TimeSpan.FromMilliseconds(Math.Clamp(members.Length * 2, 20, 200));

    private long _start;
    private bool _isCalm = true;

    /// <summary>The last look is worth having also where what came before it has used up the time.</summary>
    private TimeSpan Left =>
        _deadline - session.Time.GetElapsedTime(_start) is var left && left > LeastLook ? left : LeastLook;

    /// <exception cref="OperationFailedException">They did not agree in time: what was missing at the end.</exception>
    public async Task<Observation> UntilFormedAsync(CancellationToken ct)
    {
        _start = session.Time.GetTimestamp();
        await Task.WhenAll(members.Select(m => UntilSeesAllAsync(m, ct)));
        await settings.RestoreAsync(members, ct);
        Observation? observation = null;
        ImmutableArray<string> missing = [];
        var held = 0;
        var formed = await Wait.UntilAsync(
            async inner =>
            {
                observation = null; // a hundred views are large: one look at a time is kept
                observation = await session.ObserveAsync(inner);
                missing = Formed.Missing(observation);
                held = await JudgeAsync(missing.IsEmpty, held, inner);
                return held == TimesInARow;
            },
            Left,
            session.Time,
            ct
        );
        return formed
            ? observation!
            : throw new OperationFailedException(
                $"the nodes do not agree after {_deadline.TotalSeconds:0} s: "
                    + (missing.IsEmpty ? "they do at times, and then not" : string.Join("; ", missing.Take(5)))
                    + (missing.Length > 5 ? $"; and {missing.Length - 5} more" : ""),
                done: "all steps",
                next: "run the same command again: it goes on from here"
            );
    }

    /// <summary>
    /// Looks are taken in calm: a hundred nodes that gossip in haste are slow to answer. What is not there yet then
    /// comes in haste again, and has to be seen twice in calm after that.
    /// </summary>
    /// <param name="held">How often it was seen in a row so far.</param>
    private async Task<int> JudgeAsync(bool isFormed, int held, CancellationToken ct)
    {
        if (isFormed && _isCalm)
        {
            return held + 1;
        }
        await (isFormed ? settings.RestoreAsync(members, ct) : settings.HastenAsync(members, ct));
        _isCalm = isFormed;
        return 0;
    }

    private async Task UntilSeesAllAsync(Member member, CancellationToken ct)
    {
        var connection = await session.ConnectAsync(member, ct);
        await AskUntilAsync(
            async inner =>
                await connection.ClusterInfoAsync(inner) is { StateOk: true, SlotsOk: HashSlot.Count } info
                && info.KnownNodes >= members.Length,
            ct
        );
        await AskUntilAsync(connection.IsLinkedAsync, ct);
        await AskUntilAsync(
            async inner =>
            {
                var peers = await connection.PeersAsync(inner);
                return peers.Count(p => !p.IsMeeting) >= members.Length
                    && peers.Count(p => p.Primary is not null) >= replicas;
            },
            ct
        );
    }

    private Task<bool> AskUntilAsync(Func<CancellationToken, Task<bool>> condition, CancellationToken ct) =>
        Wait.UntilAsync(async inner => await condition(inner), Left, _pause, session.Time, ct);
}
