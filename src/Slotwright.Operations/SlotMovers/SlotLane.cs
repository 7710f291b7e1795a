using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// Moves slots over connections of its own: the servers answer SETSLOT only once their replicas have it, and what others
/// send over the same connection would wait behind it. What was begun is finished, also when everything is to stop.
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

    /// <summary>The keys of its present slots as they were seen first.</summary>
    private readonly Dictionary<int, ImmutableArray<SizedKey>> _seen = [];

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

    /// <returns>Slots with a key that would keep the servers too long, each with its biggest; none where that is allowed.</returns>
    public async Task<ImmutableArray<BigKey>> FindBigAsync(int[] slots)
    {
        _seen.Clear();
        var big = ImmutableArray.CreateBuilder<BigKey>();
        foreach (var slot in slots)
        {
            var keys = _seen[slot] = await LookAsync(slot);
            if (!ends.Moving.AllowsBlocking && TooBig(slot, keys) is { } key)
            {
                big.Add(key);
            }
        }
        return big.DrainToImmutable();
    }

    /// <summary>Opens them: from then on new keys go to the taker.</summary>
    public async Task<bool> BeginAsync(int[] slots)
    {
        ends.Moving.Meter.Begin(SlotSet.OfSlots(slots));
        await SetAsync(target, slots, "IMPORTING", ends.Step.From, unless: "already the owner");
        await SetAsync(source, slots, "MIGRATING", ends.Step.Node, unless: "not the owner");
        return true;
    }

    /// <summary>Brings their keys to the taker.</summary>
    public async Task<bool> CarryAsync(int[] slots)
    {
        foreach (var slot in slots)
        {
            for (var keys = _seen[slot]; !keys.IsEmpty; keys = await LookAsync(slot))
            {
                foreach (var batch in KeyBatches.Of(keys, budget.Bytes, KeysAtOnce))
                {
                    await CarryAsync(slot, batch);
                }
            }
        }
        return true;
    }

    /// <summary>The taker owns them, and the giver has nothing of them.</summary>
    /// <exception cref="OperationFailedException">It could not be finished: run again, it goes on.</exception>
    public async Task<bool> EndAsync(int[] slots)
    {
        await DemandEmptyAsync(slots);
        await SetAsync(target, slots, "NODE", ends.Step.Node);
        await SetAsync(source, slots, "NODE", ends.Step.Node);
        ends.Moving.Meter.End(SlotSet.OfSlots(slots));
        return true;
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
        if (keys.IsEmpty)
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
    private async Task DemandEmptyAsync(int[] slots)
    {
        var replies = await InTimeAsync(source, ct => source.SendAllAsync([.. slots.Select(SlotKeys.CountOf)], ct));
        var full = slots.Zip(replies).Where(r => r.Second is not RespValue.Integer { Value: 0 }).Select(r => r.First);
        if (full.Any())
        {
            throw new OperationFailedException(
                $"slots {SlotSet.OfSlots(full)} still have keys that can't be seen, maybe in another database",
                member: ends.Step.FromMember,
                command: "CLUSTER COUNTKEYSINSLOT",
                next: "empty its databases other than 0"
            );
        }
    }

    /// <param name="unless">What the server says where nothing is to be done.</param>
    private async Task SetAsync(ValkeyConnection node, int[] slots, string state, NodeId id, string? unless = null)
    {
        ImmutableArray<RespCommand> commands =
        [
            .. slots.Select(slot =>
                RespCommand.Of("CLUSTER", "SETSLOT", slot.ToString(CultureInfo.InvariantCulture), state, id.Value)
            ),
        ];
        var replies = await InTimeAsync(node, ct => node.SendAllAsync(commands, ct));
        foreach (var (slot, reply) in slots.Zip(replies))
        {
            if (
                reply is RespValue.Error error
                && (unless is null || !error.Text.Contains(unless, StringComparison.Ordinal))
            )
            {
                throw new OperationFailedException(
                    $"slot {slot} {state}: the server refused: {Printable.Plain(error.Text)}",
                    member: node.Label,
                    command: "CLUSTER SETSLOT"
                );
            }
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
            throw ClusterSession.Silence(node.Label, budgetOfTime, e);
        }
    }
}
