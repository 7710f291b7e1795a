using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Operations.Observing;

namespace Slotwright.Operations.Drills;

/// <summary>
/// One run of load: writes numbered values to every shard under keys of its own, reads them back, keeps the ledger,
/// and deletes its keys. Two runs at once on one cluster have different keys. Shards are those that the slot map
/// shows at the beginning.
/// </summary>
public sealed class LoadRun(ClusterSession session, LoadOptions options, Random random)
{
    /// <summary>How much longer than the run its keys live where they can't be deleted.</summary>
    private static readonly TimeSpan Afterlife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan CleanupPatience = TimeSpan.FromSeconds(3);

    /// <summary>An interrupted run ends within 3 s: that long for answers, for the read-back and for the clean-up.</summary>
    private static readonly TimeSpan HurriedWork = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan HurriedReadBack = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan HurriedCleanup = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SnapshotInterval = TimeSpan.FromSeconds(1);

    private readonly LateWrites _late = new();
    private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Stands in the names of its keys.</summary>
    public string Name { get; } = random.NextInt64(1L << 40).ToString("x10", CultureInfo.InvariantCulture);

    /// <summary>Timestamp of the session's clock at which operations began; 0 before.</summary>
    public long Began => _late.Began;

    /// <summary>Nothing becomes due from now on: the run ends early, and is judged as any other.</summary>
    public void Finish() => _finish.TrySetResult();

    /// <summary>
    /// Tells of a promotion that was seen: what the former primary acknowledges from then on is counted. Passed over
    /// before operations begin.
    /// </summary>
    /// <param name="slot">One of the shard's slots at the beginning of the run.</param>
    /// <param name="timestamp">Of the session's clock, when it had certainly happened.</param>
    public void Promoted(int slot, NodeAddress primary, long timestamp) => _late.Promoted(slot, primary, timestamp);

    /// <summary>Every phase has a hard limit, whatever the cluster does: see <see cref="LoadOptions.ReadBackPatience"/>.</summary>
    /// <param name="progress">Takes a first snapshot when operations begin, one a second, and one when the read-back begins.</param>
    /// <param name="ct">
    /// Once operations have begun, it ends the run early: within 3 s what was done until then is read back and judged,
    /// the keys are deleted, and the result says that the run was interrupted.
    /// </param>
    /// <exception cref="BadInputException">The options can't be used.</exception>
    /// <exception cref="RefusedException">The keys would not fit into a primary.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted before operations began.</exception>
    /// <exception cref="OperationFailedException">Nobody tells who owns the slots, or not one key could be made.</exception>
    public async Task<LoadResult> RunAsync(IProgress<LoadSnapshot>? progress, CancellationToken ct)
    {
        if (options.Problems() is { IsEmpty: false } problems)
        {
            throw new BadInputException([.. problems]);
        }
        await using var clients = await LoadClients.OpenAsync(session, options, random, _late.Take, ct);
        var timeline = new RunTimeline();
        var shards = clients.Shards(timeline).ToImmutableArray();
        await CheckMemoryAsync(clients, [.. shards.Select(s => s.Owner)], ct);

        var commands = new LoadCommands(options, options.Duration + Afterlife);
        var seats = shards
            .SelectMany(s =>
                clients.All.Select(
                    (client, i) =>
                        new LoadSeat(
                            options,
                            commands,
                            client,
                            s.Shard,
                            i < options.WaitClients ? options.WaitReplicas : 0,
                            LoadKeys.Make(options, Name, s.Shard.Slots, i),
                            session.Time
                        )
                )
            )
            .ToImmutableArray();
        var left = 0;
        LoadScore score;
        TimeSpan elapsed;
        try
        {
            await MakeKeysAsync(seats, ct);
            var clock = new RunClock(session.Time, options.Duration);
            var lanes = seats.Select((seat, i) => seat.ToLane(PaceOf(i, seats.Length), clock)).ToImmutableArray();
            score = new LoadScore(options, clock, lanes);
            _late.Begin(clock, [.. shards.Select(s => s.Shard)]);
            elapsed = await WorkAsync(lanes, clock, score, progress, ct);
            using var patience = new PhaseLimit(options.ReadBackPatience, HurriedReadBack, session.Time, ct);
            progress?.Report(score.Take() with { IsReadingBack = true });
            await Task.WhenAll(seats.Select(s => s.ReadBackAsync(patience.Token)));
        }
        finally
        {
            using var patience = new PhaseLimit(CleanupPatience, HurriedCleanup, session.Time, ct);
            left = (await Task.WhenAll(seats.Select(s => s.DeleteKeysAsync(patience.Token)))).Sum();
        }
        var ledger = score.ToLedger(elapsed) with { Timeline = timeline.Samples };
        return new LoadResult(Name, options, ledger, seats.Sum(s => s.Keys.Length), left, ct.IsCancellationRequested)
        {
            Began = _late.Began,
        };
    }

    private async Task CheckMemoryAsync(
        LoadClients clients,
        ImmutableArray<NodeAddress> primaries,
        CancellationToken ct
    )
    {
        var needed = LoadKeys.BytesInShard(options);
        var findings = await Task.WhenAll(primaries.Select(p => clients.MemoryOfAsync(p, needed, ct)));
        if (findings.OfType<Finding>().ToArray() is { Length: > 0 } full)
        {
            throw new RefusedException("load", full);
        }
    }

    private static async Task MakeKeysAsync(ImmutableArray<LoadSeat> seats, CancellationToken ct)
    {
        var troubles = await Task.WhenAll(seats.Select(s => s.MakeKeysAsync(ct)));
        if (troubles.All(t => t is not null))
        {
            throw new OperationFailedException(
                $"not one key could be written: {troubles[0]}",
                command: "SET",
                done: "nothing was left behind but what could not be deleted; it goes by itself",
                next: "see with verify whether the cluster is well"
            );
        }
    }

    /// <returns>How long operations were under way.</returns>
    private async Task<TimeSpan> WorkAsync(
        ImmutableArray<LoadLane> lanes,
        RunClock clock,
        LoadScore score,
        IProgress<LoadSnapshot>? progress,
        CancellationToken ct
    )
    {
        progress?.Report(score.Take());
        using var interrupted = ct.UnsafeRegister(_ => Finish(), null);
        using var limit = new PhaseLimit(null, HurriedWork, session.Time, ct);
        var work = Task.WhenAll(lanes.Select(l => l.RunAsync(limit.Token)));
        var finish = EndEarlyAsync(clock, work);
        while (await Task.WhenAny(work, Task.Delay(SnapshotInterval, session.Time, default)) != work)
        {
            progress?.Report(score.Take());
        }
        await work;
        await finish;
        return clock.Elapsed;
    }

    private async Task EndEarlyAsync(RunClock clock, Task work)
    {
        if (await Task.WhenAny(_finish.Task, work) == _finish.Task)
        {
            clock.EndNow();
        }
    }

    /// <summary>The lanes share the rate, and take turns.</summary>
    private Pace PaceOf(int lane, int lanes) =>
        new((double)options.Rate / lanes, TimeSpan.FromSeconds((double)lane / options.Rate));
}
