using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;
using Slotwright.Operations.SlotMovers;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Steps;

/// <summary>
/// Keys go to the owner of their slot by MIGRATE without REPLACE: one that is there by the same name meanwhile stays as it is
/// at both. A node migrates keys of others' slots only while it says that it imports them.
/// </summary>
internal static class GatherKeysHandler
{
    /// <summary>That are looked for.</summary>
    private const int KeysAtOnce = 1000;
    private const string IsThere = "BUSYKEY";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(GatherKeys step, StepContext context, CancellationToken ct)
    {
        await Identity.EnsureAsync(step.Member, step.Node, context, ct);
        await using var from = await context.Session.OpenAsync(context.Topology.Members[step.FromMember], ct);
        await Identity.EnsureAsync(from, step.From, ct);
        var budget = new BlockBudget(context.Slots.Pace.Block);
        foreach (var slot in step.Slots)
        {
            ct.ThrowIfCancellationRequested();
            await SetSlot.RunAsync(from, [slot], "IMPORTING", step.Node, unless: null, context.Session.Time, ct);
            await CarryAsync(from, slot, step, budget, context, ct);
        }
        await KeysInSlots.DemandNoneAsync(from, step.Slots, ct);
        await SetSlot.RunAsync(from, [.. step.Slots], "STABLE", id: null, unless: null, context.Session.Time, ct);
    }

    private static async Task CarryAsync(
        ValkeyConnection from,
        int slot,
        GatherKeys step,
        BlockBudget budget,
        StepContext context,
        CancellationToken ct
    )
    {
        var credentials = await context.Session.GetCredentialsAsync(ct);
        var address = context.Topology.Find(step.Node)!.Address;
        for (var keys = await LookAsync(); !keys.IsEmpty; keys = await LookAsync())
        {
            DemandSmall(slot, keys, step, budget, context);
            foreach (var batch in KeyBatches.Of(keys, budget.Bytes, context.Slots.Pace.KeysTogether))
            {
                var bytes = batch.Sum(k => k.Bytes);
                var timeout = Timeout + budget.Expected(bytes) * 10;
                var command = MigrateCommand.Of(address, credentials, batch, timeout, replaces: false);
                var took = await context.Slots.Gates.RunAsync(
                    (step.FromMember, step.Member),
                    context.Slots.Pace,
                    bytes,
                    async () =>
                    {
                        var start = context.Session.Time.GetTimestamp();
                        Demand(await from.SendAsync(command, ct), slot, step);
                        return context.Session.Time.GetElapsedTime(start);
                    },
                    context.Session.Time,
                    ct
                );
                budget.Learn(bytes, took);
            }
        }

        Task<ImmutableArray<SizedKey>> LookAsync() => SlotKeys.LookAsync(from, slot, KeysAtOnce, ct);
    }

    private static void Demand(RespValue reply, int slot, GatherKeys step)
    {
        if (reply is RespValue.Error error)
        {
            throw new OperationFailedException(
                error.Text.Contains(IsThere, StringComparison.Ordinal)
                    ? $"{step.Member} has keys of slot {slot} by the same names: none was overwritten"
                    : $"keys of slot {slot} did not arrive at {step.Member}: {Printable.Plain(error.Text)}",
                member: step.FromMember,
                command: "MIGRATE",
                next: "run the same command again: it looks anew, and says what is to be decided"
            );
        }
    }

    private static void DemandSmall(
        int slot,
        ImmutableArray<SizedKey> keys,
        GatherKeys step,
        BlockBudget budget,
        StepContext context
    )
    {
        var allowed = context.Slots.Pace.Block;
        if (!context.Slots.AllowsBlocking && BigKey.Find(slot, keys, budget, allowed) is { } big)
        {
            throw new OperationFailedException(
                $"a key would keep both servers for longer than {allowed.TotalMilliseconds:0} ms, and a key can't be divided: {big}",
                member: step.FromMember,
                command: "MIGRATE",
                next: "run the same command again with --allow-blocking, in a quiet hour"
            );
        }
    }
}
