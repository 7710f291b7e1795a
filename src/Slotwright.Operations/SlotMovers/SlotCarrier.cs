using System.Collections.Concurrent;
using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// Brings the keys of open slots to the taker, in batches that no server is kept too long by. What was begun is finished,
/// also when everything is to stop.
/// </summary>
internal sealed class SlotCarrier(MoveEnds ends, BlockBudget budget, ValkeyConnection source, Credentials? credentials)
    : IAsyncDisposable
{
    /// <summary>That are looked for.</summary>
    private const int KeysAtOnce = 1000;

    /// <summary>How long servers wait for each other within MIGRATE, beside what the keys are expected to take.</summary>
    private static readonly TimeSpan LeastTimeout = TimeSpan.FromSeconds(10);

    public static async Task<SlotCarrier> OpenAsync(MoveEnds ends, BlockBudget budget, CancellationToken ct)
    {
        var credentials = await ends.Context.Session.GetCredentialsAsync(ct);
        return new SlotCarrier(ends, budget, await ends.OpenSourceAsync(ct), credentials);
    }

    /// <param name="slots">That nobody has taken yet.</param>
    /// <param name="seen">Their keys as they were seen first.</param>
    public async Task CarryAsync(
        ConcurrentQueue<int> slots,
        ImmutableSortedDictionary<int, ImmutableArray<SizedKey>> seen
    )
    {
        while (slots.TryDequeue(out var slot))
        {
            var keys = seen[slot];
            do
            {
                foreach (var batch in KeyBatches.Of(keys, budget.Bytes, ends.Moving.Pace.KeysTogether))
                {
                    await CarryAsync(slot, batch);
                }
                keys = await LookAsync(slot); // also where none were seen: some may have come before it was open
            } while (!keys.IsEmpty);
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private Task<ImmutableArray<SizedKey>> LookAsync(int slot) =>
        ends.InTimeAsync(source, ct => SlotKeys.LookAsync(source, slot, KeysAtOnce, ct), MoveEnds.CallPatience);

    private async Task CarryAsync(int slot, ImmutableArray<SizedKey> keys)
    {
        var bytes = keys.Sum(k => k.Bytes);
        var timeout = LeastTimeout + budget.Expected(bytes) * 10;
        // what the taker may have of these keys is what a call that was cut off had sent, and is as old or older: the
        // giver answers for each key that it still has
        var command = MigrateCommand.Of(ends.TargetAddress, credentials, keys, timeout, replaces: true);
        var took = await ends.Moving.Gates.RunAsync(
            (ends.Step.FromMember, ends.Step.Member),
            ends.Moving.Pace,
            bytes,
            async () =>
            {
                var took = TimeSpan.Zero;
                RespValue reply = new RespValue.Null();
                await Wait.UntilAsync(
                    async _ =>
                    {
                        var start = ends.Time.GetTimestamp();
                        reply = await ends.InTimeAsync(
                            source,
                            ct => source.SendAsync(command, ct),
                            MoveEnds.CallPatience + timeout
                        );
                        took = ends.Time.GetElapsedTime(start);
                        return reply is not RespValue.Error { Text: var text } || !PassingRefusal.Is(text);
                    },
                    MoveEnds.CallPatience,
                    ends.Time,
                    CancellationToken.None
                );
                return reply is RespValue.Error error
                    ? throw new OperationFailedException(
                        $"keys of slot {slot} did not arrive at {ends.Step.Member}: {Printable.Plain(error.Text)}",
                        member: ends.Step.FromMember,
                        command: command.Title
                    )
                    : took;
            },
            ends.Time,
            CancellationToken.None
        );
        budget.Learn(bytes, took);
        ends.Moving.Meter.Carried(keys.Length, bytes);
    }
}
