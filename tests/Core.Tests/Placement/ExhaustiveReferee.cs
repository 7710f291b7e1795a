using Slotwright.Core.Placement;

namespace Slotwright.Core.Tests.Placement;

/// <summary>
/// The best score that any assignment has, by trying all of them: at most 7,560 for nine members. It counts the
/// criteria by itself, so that an error in the program's own score can't hide.
/// </summary>
internal sealed class ExhaustiveReferee
{
    private readonly PlacementMember[] _members;
    private readonly int _primaries;
    private readonly int _replicas;
    private readonly bool[] _used;
    private readonly List<int> _heads = [];
    private long _best = long.MaxValue;

    private ExhaustiveReferee(PlacementRequest request)
    {
        _members = [.. request.Members.OrderBy(m => m.Ordinal)];
        (_primaries, _replicas) = (request.Primaries, request.ReplicasPerPrimary);
        _used = new bool[_members.Length];
    }

    public static PlacementScore Best(PlacementRequest request)
    {
        var referee = new ExhaustiveReferee(request);
        referee.NextShard(0, 0, 0, 0);
        return referee.Unpack();
    }

    private void NextShard(int whole, int beside, int zonePairs, int machinePairs)
    {
        if (_heads.Count == _primaries)
        {
            _best = Math.Min(_best, Pack(whole, beside, zonePairs, machinePairs));
            return;
        }
        var first = Array.IndexOf(_used, false);
        _used[first] = true;
        Fill([first], first + 1, whole, beside, zonePairs, machinePairs);
        _used[first] = false;
    }

    private void Fill(List<int> shard, int from, int whole, int beside, int zonePairs, int machinePairs)
    {
        if (shard.Count <= _replicas)
        {
            for (var m = from; m < _members.Length; m++)
            {
                if (!_used[m])
                {
                    _used[m] = true;
                    shard.Add(m);
                    Fill(shard, m + 1, whole, beside, zonePairs, machinePairs);
                    shard.RemoveAt(shard.Count - 1);
                    _used[m] = false;
                }
            }
            return;
        }
        var (zones, machines) = (0, 0);
        for (var i = 0; i < shard.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                zones += SameZone(shard[i], shard[j]) ? 1 : 0;
                machines += SameMachine(shard[i], shard[j]) ? 1 : 0;
            }
        }
        var one = shard.All(m => SameZone(m, shard[0])) ? 1 : 0;
        foreach (var head in shard)
        {
            _heads.Add(head);
            NextShard(
                whole + one,
                beside + shard.Count(m => m != head && SameZone(m, head)),
                zonePairs + zones,
                machinePairs + machines
            );
            _heads.RemoveAt(_heads.Count - 1);
        }
    }

    private bool SameZone(int a, int b) => _members[a].Zone == _members[b].Zone;

    private bool SameMachine(int a, int b) =>
        _members[a].Machine is not null && _members[a].Machine == _members[b].Machine && SameZone(a, b);

    private long Pack(int whole, int beside, int zonePairs, int machinePairs)
    {
        var fullest = _heads.Max(h => _heads.Count(o => SameZone(h, o)));
        var set = _heads.Sum(h => 1 << (_members.Length - 1 - h)); // of two lists of one length the smaller has the larger set
        return ((((((((((long)whole << 8) + fullest) << 8) + beside) << 8) + zonePairs) << 8) + machinePairs) << 16)
            + (0xffff - set);
    }

    private PlacementScore Unpack()
    {
        var set = 0xffff - (int)(_best & 0xffff);
        return new PlacementScore(
            0,
            (int)(_best >> 48),
            (int)(_best >> 40) & 0xff,
            (int)(_best >> 32) & 0xff,
            (int)(_best >> 24) & 0xff,
            (int)(_best >> 16) & 0xff,
            [
                .. Enumerable
                    .Range(0, _members.Length)
                    .Where(m => (set & (1 << (_members.Length - 1 - m))) != 0)
                    .Select(m => _members[m].Ordinal),
            ]
        );
    }
}
