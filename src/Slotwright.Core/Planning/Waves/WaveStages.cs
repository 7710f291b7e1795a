using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning.Waves;

/// <summary>The stages of a plan in waves, in the order in which they are added.</summary>
internal sealed class WaveStages(Topology topology, WaveWish wish)
{
    private readonly ImmutableArray<Stage>.Builder _stages = ImmutableArray.CreateBuilder<Stage>();
    private readonly Dictionary<NodeId, NodeId> _shards = topology
        .Shards()
        .SelectMany(s => s.Nodes.Select(n => (n.Id, Primary: s.Primary.Id)))
        .ToDictionary(n => n.Id, n => n.Primary);

    private int _waves;

    /// <summary>The desired revision has been seen to run: no member need go first alone.</summary>
    private bool _isTried = topology.Members.Values.Any(m => !Outdated.Is(m, topology));

    public ImmutableArray<Stage> Build() => _stages.ToImmutable();

    /// <summary>Members that are away: whatever they do, nobody loses anything.</summary>
    public void AddDown()
    {
        var down = topology.Members.Values.Where(m => Outdated.IsDown(m, topology)).Select(RestartOf).OfType<Restart>();
        foreach (var wave in WavePacker.Pack(down, wish with { AcrossZones = true }, int.MaxValue))
        {
            _isTried = true;
            Add("members that are down", wave, _ => "it is down");
        }
    }

    /// <summary>Replicas, and members of no shard.</summary>
    public void AddReplicas(ImmutableArray<ShardTurn> turns)
    {
        var free = topology.Members.Values.Where(m =>
            Outdated.Is(m, topology)
            && !Outdated.IsDown(m, topology)
            && !_shards.ContainsKey(topology.NodeOf(m.Name)!.Id)
        );
        var replicas = turns.SelectMany(t => t.Replicas).Select(r => topology.Members[r.Member!]);
        foreach (
            var wave in WavePacker.Pack(free.Concat(replicas).Select(RestartOf).OfType<Restart>(), wish, int.MaxValue)
        )
        {
            foreach (var part in FirstAlone(wave))
            {
                Add($"replicas{In(part)}", part, r => r.Shard is null ? "it is in no shard" : "a replica");
            }
        }
    }

    public void AddPrimaries(ImmutableArray<PrimaryEnd> ends)
    {
        var byNode = ends.ToDictionary(e => e.Turn.Shard.Primary.Id);
        var all = ends.Select(e => RestartOf(topology.Members[e.Turn.Shard.Primary.Member!])!);
        foreach (var wave in WavePacker.Pack(all, wish, int.MaxValue))
        {
            ImmutableArray<PrimaryEnd> now = [.. wave.Select(r => byNode[r.Node.Id])];
            _stages.Add(new Stage($"Hand over{In(wave)}", [.. now.Select(e => e.HandsOver())]));
            ImmutableArray<Restart> moving = [.. wave.Where(r => byNode[r.Node.Id].Turn.Primary == PrimaryTurn.Moves)];
            foreach (var part in FirstAlone(moving))
            {
                Add($"former primaries{In(part)}", part, _ => "it has handed over");
            }
            ImmutableArray<Step> back = [.. now.Where(e => e.ComesBack).Select(e => e.HandsBack())];
            if (!back.IsEmpty)
            {
                _stages.Add(new Stage($"Hand back{In(wave)}", back));
            }
        }
    }

    /// <summary>Primaries of which nobody has a copy, where that was allowed; a majority of primaries stays.</summary>
    public void AddDowntime(ImmutableArray<ShardTurn> turns)
    {
        var alone = turns.Where(t => t.Primary == PrimaryTurn.GoesDown).Select(t => t.Shard.Primary);
        var most = Math.Max(1, Spare(topology));
        foreach (var wave in WavePacker.Pack(alone.Select(p => RestartOf(topology.Members[p.Member!])!), wish, most))
        {
            foreach (var part in FirstAlone(wave))
            {
                Add(
                    $"primaries without a replica{In(part)}",
                    part,
                    _ => "nobody can take over: its slots are away meanwhile",
                    true
                );
            }
        }
    }

    /// <summary>How many primaries may be away before there is no majority.</summary>
    public static int Spare(Topology topology)
    {
        var voters = topology.Voters.ToArray();
        return voters.Count(v => v.Reachable) - ((voters.Length / 2) + 1);
    }

    /// <summary>A revision that does not come up takes one member then, not a whole zone's.</summary>
    private IEnumerable<ImmutableArray<Restart>> FirstAlone(ImmutableArray<Restart> wave)
    {
        var isFirst = !_isTried && wave.Length > 1;
        _isTried = _isTried || !wave.IsEmpty;
        return wave.IsEmpty ? []
            : isFirst
                ?
                [
                    [wave[0]],
                    wave[1..],
                ]
            : [wave];
    }

    private void Add(
        string what,
        ImmutableArray<Restart> wave,
        Func<Restart, string> reason,
        bool isDowntime = false
    ) =>
        _stages.Add(
            new Stage(
                $"Wave {++_waves}: {what}",
                [
                    .. wave.Select(r => new RestartMember(r.Member.Name, r.Node.Id, r.Member.DesiredRevision)
                    {
                        Reason = wish.StartsEmpty(r.Member.Name)
                            ? $"{reason(r)}; its new server can't read its files: it starts empty and copies everything"
                            : reason(r),
                        StartsEmpty = wish.StartsEmpty(r.Member.Name),
                        AllowsDowntime = isDowntime,
                    }),
                ]
            )
        );

    private Restart? RestartOf(Member member) =>
        topology.NodeOf(member.Name) is { } node
            ? new Restart(member, node, _shards.TryGetValue(node.Id, out var primary) ? primary : null)
            : null;

    private string In(ImmutableArray<Restart> wave) =>
        !wish.AcrossZones && wave is [{ Member.Zone: { } zone }, ..] ? $" in {zone}" : "";
}
