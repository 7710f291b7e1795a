using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.SlotMovers;

/// <summary>One migration, from its begin to its end.</summary>
internal static class AtomicMigration
{
    private static readonly RespCommand Cancel = RespCommand.Of("CLUSTER", "CANCELSLOTMIGRATIONS");

    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(10);

    /// <returns>What the servers say of its failure; empty where it succeeded.</returns>
    /// <exception cref="OperationCanceledException">Stopped, and the migration with it.</exception>
    public static async Task<string> RunAsync(SlotSet slots, MoveEnds ends, CancellationToken ct)
    {
        var before = (await JobsAsync(ends, ct)).Select(j => j.Name).ToHashSet(StringComparer.Ordinal);
        var begun = await ends.AskSourceAsync(
            (node, inner) => node.SendAsync(NodeCommands.OfMigration(slots, ends.Step.Node), inner),
            ct
        );
        if (begun is RespValue.Error error)
        {
            return Printable.Plain(error.Text);
        }
        try
        {
            return await FollowAsync(j => !before.Contains(j.Name) && j.Slots.Equals(slots), ends, ct);
        }
        catch (OperationCanceledException)
        {
            await CancelAsync(ends);
            throw;
        }
    }

    /// <summary>Waits for migrations from the giver to the taker that run by themselves, as one that was cut off leaves them.</summary>
    public static Task<string> UntilNoneAsync(SlotSet slots, MoveEnds ends, CancellationToken ct) =>
        FollowAsync(j => !j.Ended && j.Slots.Overlaps(slots), ends, ct);

    private static async Task<string> FollowAsync(
        Func<SlotMigration, bool> isMeant,
        MoveEnds ends,
        CancellationToken ct
    )
    {
        SlotMigration? job = null;
        var heard = ends.Time.GetTimestamp();
        await Wait.UntilAsync(
            async inner =>
            {
                try
                {
                    job = (await JobsAsync(ends, inner)).FirstOrDefault(isMeant);
                    heard = ends.Time.GetTimestamp();
                    return job is null || job.Ended;
                }
                catch (OperationFailedException) when (ends.Time.GetElapsedTime(heard) < ends.Context.Deadline)
                {
                    return false; // a giver that forks, or is busy, may be late with its answer
                }
            },
            TimeSpan.MaxValue,
            LookPause,
            ends.Time,
            ct
        );
        return job is { Succeeded: true } or null ? ""
            : job.Message.Length > 0 ? Printable.Plain(job.Message)
            : job.State;
    }

    private static async Task<SlotMigration[]> JobsAsync(MoveEnds ends, CancellationToken ct) =>
        [
            .. (await ends.AskSourceAsync(static (node, inner) => node.SlotMigrationsAsync(inner), ct)).Where(j =>
                j.IsExport && j.Peer == ends.Step.Node
            ),
        ];

    /// <summary>
    /// One whose slots are changing hands is waited for: the taker may be their owner already when the giver is told to
    /// keep them.
    /// </summary>
    private static async Task CancelAsync(MoveEnds ends)
    {
        using var end = new CancellationTokenSource(CancelPatience, ends.Time);
        try
        {
            if (!(await JobsAsync(ends, end.Token)).Any(j => j.IsHandingOver))
            {
                await ends.AskSourceAsync(static (node, inner) => node.SendAsync(Cancel, inner), end.Token);
            }
            await FollowAsync(static j => !j.Ended, ends, end.Token);
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException)
        {
            ends.Context.Told(
                $"{ends.Step.FromMember}: the migration could not be ended, it goes on by itself ({e.Message})"
            );
        }
    }
}
