using System.Collections.Immutable;
using Slotwright.Core.Agent;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Agent;

/// <summary>
/// Whether somebody knows the member under another id. Its own server may never hear of it: nodes don't tell others of
/// nodes that are dead. So every ten seconds another member is asked.
/// </summary>
internal sealed class AgentRumours(string hostname, AgentPeers peers, Random random, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private long? _asked;

    /// <summary>It stays so until all who answer say that it is not.</summary>
    public bool WasAnother { get; private set; }

    public async Task ListenAsync(OwnView own, CancellationToken ct)
    {
        if (WasAnother || (_asked is { } asked && time.GetElapsedTime(asked) < Pause))
        {
            return;
        }
        var others = own
            .Nodes.Where(n => n is { Linked: true, Address: not null } && !Is(n, PeerFlags.Myself))
            .ToArray();
        if (others.Length > 0)
        {
            _asked = time.GetTimestamp();
            var view = await peers.AskAsync<ImmutableArray<PeerRow>?>(
                others[random.Next(others.Length)].Address!.Value,
                async (peer, inner) => await peer.PeersAsync(inner),
                ct
            );
            WasAnother = view is { } nodes && Knows(nodes, Id(own));
        }
    }

    public void Heard(OwnView own, ImmutableArray<MemberSight> members) =>
        WasAnother = members.Any(m => Knows(m.Nodes, Id(own)));

    private bool Knows(ImmutableArray<PeerRow> nodes, NodeId self) =>
        nodes.Any(n => n.Id != self && string.Equals(n.Hostname, hostname, StringComparison.OrdinalIgnoreCase));

    private static NodeId Id(OwnView own) => own.Nodes.Single(n => Is(n, PeerFlags.Myself)).Id;

    private static bool Is(PeerRow node, PeerFlags flag) => node.Flags.HasFlag(flag);
}
