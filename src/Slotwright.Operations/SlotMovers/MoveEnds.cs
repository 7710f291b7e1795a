using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.SlotMovers;

/// <summary>The giver and the taker of slots.</summary>
internal sealed class MoveEnds(MoveSlots step, StepContext context)
{
    /// <summary>For a call that moves slots, without the keys that it carries.</summary>
    public static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(30);

    public MoveSlots Step => step;

    public StepContext Context => context;

    public SlotMoving Moving => context.Slots;

    public TimeProvider Time => context.Session.Time;

    /// <summary>Where the giver finds the taker.</summary>
    public NodeAddress TargetAddress { get; } = context.Topology.Find(step.Node)!.Address;

    /// <summary>One of them has some, as it was seen when the step began.</summary>
    public bool HaveReplicas => context.Topology.Nodes.Any(n => n.Primary == step.Node || n.Primary == step.From);

    public Task<T> AskSourceAsync<T>(
        Func<ValkeyConnection, CancellationToken, Task<T>> question,
        CancellationToken ct
    ) => context.AskAsync(step.FromMember, question, ct);

    public Task<T> AskTargetAsync<T>(
        Func<ValkeyConnection, CancellationToken, Task<T>> question,
        CancellationToken ct
    ) => context.AskAsync(step.Member, question, ct);

    /// <summary>What is asked of a connection that no budget of the session bounds.</summary>
    /// <exception cref="OperationFailedException">No answer in time.</exception>
    public async Task<T> InTimeAsync<T>(ValkeyConnection node, Func<CancellationToken, Task<T>> ask, TimeSpan patience)
    {
        using var end = new CancellationTokenSource(patience, Time);
        try
        {
            return await ask(end.Token);
        }
        catch (OperationCanceledException e)
        {
            throw ClusterSession.Silence(node.Label, patience, e);
        }
    }

    /// <summary>What a member says of itself; null where it does not answer.</summary>
    public async Task<PeerRow?> OwnRowAsync(string member, CancellationToken ct)
    {
        try
        {
            var rows = await context.AskAsync(member, static (node, inner) => node.PeersAsync(inner), ct);
            return rows.FirstOrDefault(r => r.Flags.HasFlag(PeerFlags.Myself));
        }
        catch (OperationFailedException)
        {
            return null;
        }
    }

    public Task<ValkeyConnection> OpenSourceAsync(CancellationToken ct) => OpenAsync(step.FromMember, ct);

    public Task<ValkeyConnection> OpenTargetAsync(CancellationToken ct) => OpenAsync(step.Member, ct);

    /// <summary>A connection of its own.</summary>
    /// <exception cref="OperationFailedException">It takes none.</exception>
    public Task<ValkeyConnection> OpenAsync(string member, CancellationToken ct) =>
        context.Session.OpenAsync(context.Topology.Members[member], ct);

    /// <summary>Which of these the taker does not own yet, by its own word.</summary>
    public async Task<SlotSet> LeftAsync(SlotSet slots, CancellationToken ct) =>
        slots.Except(Slots(await AskTargetAsync(static (node, inner) => node.PeersAsync(inner), ct), step.Node));

    /// <summary>
    /// Each end is linked to the other, and they agree on who owns what is to move: right after one has joined they don't,
    /// and servers refuse then, or leave slots open.
    /// </summary>
    /// <exception cref="OperationFailedException">They do not within the context's deadline.</exception>
    public async Task UntilReadyAsync(CancellationToken ct)
    {
        var missing = "";
        var isReady = await Wait.UntilAsync(
            async inner =>
            {
                var source = await AskSourceAsync(static (node, t) => node.PeersAsync(t), inner);
                var target = await AskTargetAsync(static (node, t) => node.PeersAsync(t), inner);
                missing =
                    !IsLinked(source, step.Node) ? $"{step.FromMember} has no link to {step.Member} yet"
                    : !IsLinked(target, step.From) ? $"{step.Member} has no link to {step.FromMember} yet"
                    : !step.Slots.Except(Slots(source, step.Node)).Except(Slots(source, step.From)).IsEmpty
                        ? $"{step.FromMember} does not own all of slots {step.Slots}"
                    : !Slots(source, step.From).Intersect(step.Slots).Except(Slots(target, step.From)).IsEmpty
                        ? $"{step.Member} does not see yet that {step.FromMember} owns them"
                    : "";
                if (missing.Length == 0 && !await ServesAsync(inner))
                {
                    missing = $"{step.Member} does not serve yet (cluster_state is fail)";
                }
                return missing.Length == 0;
            },
            context.Deadline,
            Time,
            ct
        );
        if (!isReady)
        {
            throw new OperationFailedException(
                $"{missing} after {context.Deadline.TotalSeconds:0} s",
                member: step.FromMember,
                next: "slotwright verify shows what is amiss; run the same command again: it looks anew"
            );
        }
    }

    /// <summary>A primary that is new refuses keys for some seconds.</summary>
    private Task<bool> ServesAsync(CancellationToken ct) =>
        AskTargetAsync(static async (node, inner) => (await node.ClusterInfoAsync(inner)).StateOk, ct);

    private static bool IsLinked(IEnumerable<PeerRow> rows, NodeId peer) =>
        rows.Any(r => r.Id == peer && r.Linked && !r.IsMeeting);

    private static SlotSet Slots(IEnumerable<PeerRow> rows, NodeId owner) =>
        rows.FirstOrDefault(r => r.Id == owner)?.Slots ?? SlotSet.Empty;
}
