using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// Moves one slot after the other over connections of its own: the servers answer SETSLOT only once their replicas have
/// it, and what others send over the same connection would wait behind it.
/// </summary>
internal sealed class SlotLane(
    MoveEnds ends,
    BlockBudget budget,
    ValkeyConnection source,
    ValkeyConnection target,
    Credentials? credentials
) : IAsyncDisposable
{
    private const int KeysAtOnce = 1000;

    /// <summary>From the first call of a slot to its last, without the keys.</summary>
    private static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(30);

    /// <summary>How long servers wait for each other within MIGRATE, beside what the keys are expected to take.</summary>
    private static readonly TimeSpan LeastTimeout = TimeSpan.FromSeconds(10);

    public static async Task<SlotLane> OpenAsync(MoveEnds ends, BlockBudget budget, CancellationToken ct)
    {
        var source = await ends.OpenSourceAsync(ct);
        try
        {
            var target = await ends.OpenTargetAsync(ct);
            return new SlotLane(ends, budget, source, target, await ends.Context.Session.GetCredentialsAsync(ct));
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>A slot that was begun is finished, also when everything is to stop.</summary>
    /// <returns>A key for which it was not begun, since it would keep the servers too long; null where it was moved.</returns>
    /// <exception cref="OperationFailedException">It could not be finished: run again, it goes on.</exception>
    public async Task<BigKey?> MoveAsync(int slot)
    {
        var one = SlotSet.Of(slot, slot);
        var keys = await LookAsync(slot);
        if (TooBig(slot, keys) is { } big)
        {
            return big;
        }
        ends.Moving.Meter.Begin(one);
        await SetAsync(target, slot, "IMPORTING", ends.Step.From, unless: "already the owner");
        await SetAsync(source, slot, "MIGRATING", ends.Step.Node, unless: "not the owner");
        while (!(keys = await LookAsync(slot)).IsEmpty)
        {
            foreach (var batch in KeyBatches.Of(keys, budget.Bytes, KeysAtOnce))
            {
                await CarryAsync(slot, batch);
            }
        }
        await DemandEmptyAsync(slot);
        await SetAsync(target, slot, "NODE", ends.Step.Node);
        await SetAsync(source, slot, "NODE", ends.Step.Node);
        ends.Moving.Meter.End(one);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await target.DisposeAsync();
    }

    private Task<ImmutableArray<SizedKey>> LookAsync(int slot) =>
        InTimeAsync(source, ct => SlotKeys.LookAsync(source, slot, KeysAtOnce, ct));

    private BigKey? TooBig(int slot, ImmutableArray<SizedKey> keys)
    {
        if (ends.Moving.AllowsBlocking || keys.IsEmpty)
        {
            return null;
        }
        var biggest = keys.MaxBy(k => k.Bytes);
        return
            biggest.Bytes > budget.Bytes
            && budget.Expected(biggest.Bytes) is var block
            && block > ends.Moving.Pace.Block
            ? new BigKey(slot, biggest, block)
            : null;
    }

    private async Task CarryAsync(int slot, ImmutableArray<SizedKey> keys)
    {
        var bytes = keys.Sum(k => k.Bytes);
        var timeout = LeastTimeout + budget.Expected(bytes) * 10;
        var command = Migrate(keys, timeout);
        var took = await ends.Moving.Gates.RunAsync(
            (ends.Step.FromMember, ends.Step.Member),
            ends.Moving.Pace,
            bytes,
            async () =>
            {
                var start = ends.Time.GetTimestamp();
                var reply = await InTimeAsync(source, ct => source.SendAsync(command, ct), timeout);
                return reply is RespValue.Error error
                    ? throw new OperationFailedException(
                        $"keys of slot {slot} did not arrive at {ends.Step.Member}: {Printable.Plain(error.Text)}",
                        member: ends.Step.FromMember,
                        command: command.Title
                    )
                    : ends.Time.GetElapsedTime(start);
            },
            ends.Time,
            CancellationToken.None
        );
        budget.Learn(bytes, took);
        ends.Moving.Meter.Carried(keys.Length, bytes);
    }

    /// <summary>
    /// With REPLACE: what the taker may have of these keys is what a call that was cut off had sent, and is as old or
    /// older, since the giver answers for each key that it still has.
    /// </summary>
    private RespCommand Migrate(ImmutableArray<SizedKey> keys, TimeSpan timeout)
    {
        var words = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        Add("MIGRATE");
        Add(ends.TargetAddress.Host);
        Add(ends.TargetAddress.Port.ToString(CultureInfo.InvariantCulture));
        Add("");
        Add("0");
        Add(((long)timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        Add("REPLACE");
        if (credentials is { User: { } user })
        {
            Add("AUTH2");
            Add(user);
            Add(credentials.Password);
        }
        else if (credentials is not null)
        {
            Add("AUTH");
            Add(credentials.Password);
        }
        Add("KEYS");
        words.AddRange(keys.Select(k => k.Key));
        return new RespCommand(words.DrainToImmutable());

        void Add(string word) => words.Add(Encoding.UTF8.GetBytes(word));
    }

    /// <summary>A slot whose giver still has keys must not change its owner: they would be gone.</summary>
    private async Task DemandEmptyAsync(int slot)
    {
        var reply = await InTimeAsync(source, ct => source.SendAsync(SlotKeys.CountOf(slot), ct));
        if (reply is not RespValue.Integer { Value: 0 })
        {
            throw new OperationFailedException(
                $"slot {slot} still has keys that can't be seen, maybe in another database",
                member: ends.Step.FromMember,
                command: "CLUSTER COUNTKEYSINSLOT",
                next: "empty its databases other than 0"
            );
        }
    }

    /// <param name="unless">What the server says where nothing is to be done.</param>
    private async Task SetAsync(ValkeyConnection node, int slot, string state, NodeId id, string? unless = null)
    {
        var command = RespCommand.Of(
            "CLUSTER",
            "SETSLOT",
            slot.ToString(CultureInfo.InvariantCulture),
            state,
            id.Value
        );
        var reply = await InTimeAsync(node, ct => node.SendAsync(command, ct));
        if (
            reply is RespValue.Error error
            && (unless is null || !error.Text.Contains(unless, StringComparison.Ordinal))
        )
        {
            throw new OperationFailedException(
                $"slot {slot} {state}: the server refused: {Printable.Plain(error.Text)}",
                member: node.Label,
                command: command.Title
            );
        }
    }

    private async Task<T> InTimeAsync<T>(
        ValkeyConnection node,
        Func<CancellationToken, Task<T>> ask,
        TimeSpan patience = default
    )
    {
        var budgetOfTime = CallPatience + patience;
        using var end = new CancellationTokenSource(budgetOfTime, ends.Time);
        try
        {
            return await ask(end.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new OperationFailedException(
                $"no answer within {budgetOfTime.TotalSeconds:0} s",
                node.Label,
                cause: e
            );
        }
    }
}
