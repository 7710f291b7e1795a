using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// A primary that neither gives nor takes, and is told of new owners all the same: what it hears by gossip it writes to
/// its nodes.conf and syncs, slot by slot, which keeps its clients waiting; what it is told by SETSLOT it only writes.
/// Gossip tells those that do not listen.
/// </summary>
internal sealed class ToldPrimary(MoveEnds ends, ValkeyConnection node) : IAsyncDisposable
{
    /// <summary>The move goes on without one that takes longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private bool _listens = true;

    /// <summary>Primaries that could be told.</summary>
    public static ImmutableArray<string> Find(MoveEnds ends) =>
        [
            .. ends
                .Context.Topology.Voters.Where(v => v.Reachable && v.Id != ends.Step.From && v.Id != ends.Step.Node)
                .Select(v => v.Member)
                .OfType<string>(),
        ];

    /// <returns>Null where it takes no connection.</returns>
    public static async Task<ToldPrimary?> OpenAsync(string member, MoveEnds ends, CancellationToken ct)
    {
        try
        {
            return new ToldPrimary(ends, await ends.OpenAsync(member, ct));
        }
        catch (OperationFailedException)
        {
            return null;
        }
    }

    /// <summary>After the taker has said that it owns them.</summary>
    public async Task TellAsync(int[] slots)
    {
        if (!_listens)
        {
            return;
        }
        try
        {
            await ends.InTimeAsync(
                node,
                ct => SetSlot.RunAsync(node, slots, "NODE", ends.Step.Node, unless: null, ends.Time, ct),
                Patience
            );
        }
        catch (Exception e) when (e is OperationFailedException or IOException)
        {
            _listens = false;
        }
    }

    public ValueTask DisposeAsync() => node.DisposeAsync();
}
