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

    /// <summary>The availability zones of nodes, as far as it has heard: one more each ten seconds.</summary>
    public ImmutableDictionary<NodeId, string> Zones { get; private set; } = [];

    /// <summary>It stays so until all who answer say that it is not.</summary>
    public bool WasAnother { get; private set; }

    public async Task ListenAsync(OwnView own, CancellationToken ct)
    {
        if (WasAnother || (_asked is { } last && time.GetElapsedTime(last) < Pause))
        {
            return;
        }
        var others = own
            .Nodes.Where(n => n is { Linked: true, Address: not null } && !Is(n, PeerFlags.Myself))
            .ToArray();
        if (others.Length > 0)
        {
            _asked = time.GetTimestamp();
            var asked = others[random.Next(others.Length)];
            var view = await peers.AskAsync<(ImmutableArray<PeerRow> Nodes, string Zone)?>(
                asked.Address!.Value,
                async (peer, inner) =>
                {
                    var (nodes, info) = (peer.PeersAsync(inner), peer.ServerInfoAsync(inner));
                    await Task.WhenAll(nodes, info);
                    return (await nodes, (await info).Zone);
                },
                ct
            );
            WasAnother = view is { } said && Knows(said.Nodes, Id(own));
            if (view is { Zone.Length: > 0 } its)
            {
                Zones = Zones.SetItem(asked.Id, its.Zone);
            }
        }
    }

    public void Heard(OwnView own, ImmutableArray<MemberSight> members) =>
        WasAnother = members.Any(m => Knows(m.Nodes, Id(own)));

    private bool Knows(ImmutableArray<PeerRow> nodes, NodeId self) =>
        nodes.Any(n => n.Id != self && string.Equals(n.Hostname, hostname, StringComparison.OrdinalIgnoreCase));

    private static NodeId Id(OwnView own) => own.Nodes.Single(n => Is(n, PeerFlags.Myself)).Id;

    private static bool Is(PeerRow node, PeerFlags flag) => node.Flags.HasFlag(flag);
}
