using Slotwright.Core.Placement;

namespace Slotwright.Core.Tests.Placement;

/// <summary>
/// The best score that any assignment has, by trying all of them: at most 7,560 for nine members. It counts the
/// criteria by itself, so that an error in the program's own score can't hide.
/// </summary>
internal sealed class ExhaustiveReferee
{
    private readonly PlacementMember[] members;
    private readonly int primaries;
    private readonly int replicas;
    private readonly bool[] used;
    private readonly List<int> heads = [];
    private long best = long.MaxValue;

    private ExhaustiveReferee(PlacementRequest request)
    {
        members = [.. request.Members.OrderBy(m => m.Ordinal)];
        (primaries, replicas) = (request.Primaries, request.ReplicasPerPrimary);
        used = new bool[members.Length];
    }

    public static PlacementScore Best(PlacementRequest request)
    {
        var referee = new ExhaustiveReferee(request);
        referee.NextShard(0, 0, 0, 0);
        return referee.Unpack();
    }

    private void NextShard(int whole, int beside, int zonePairs, int machinePairs)
    {
        if (heads.Count == primaries)
        {
            best = Math.Min(best, Pack(whole, beside, zonePairs, machinePairs));
            return;
        }
        var first = Array.IndexOf(used, false);
        used[first] = true;
        Fill([first], first + 1, whole, beside, zonePairs, machinePairs);
        used[first] = false;
    }

    private void Fill(List<int> shard, int from, int whole, int beside, int zonePairs, int machinePairs)
    {
        if (shard.Count <= replicas)
        {
            for (var m = from; m < members.Length; m++)
            {
                if (!used[m])
                {
                    used[m] = true;
                    shard.Add(m);
                    Fill(shard, m + 1, whole, beside, zonePairs, machinePairs);
                    shard.RemoveAt(shard.Count - 1);
                    used[m] = false;
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
            heads.Add(head);
            NextShard(
                whole + one,
                beside + shard.Count(m => m != head && SameZone(m, head)),
                zonePairs + zones,
                machinePairs + machines
            );
            heads.RemoveAt(heads.Count - 1);
        }
    }

    private bool SameZone(int a, int b) => members[a].Zone == members[b].Zone;

    private bool SameMachine(int a, int b) =>
        members[a].Machine is not null && members[a].Machine == members[b].Machine && SameZone(a, b);

    private long Pack(int whole, int beside, int zonePairs, int machinePairs)
    {
        var fullest = heads.Max(h => heads.Count(o => SameZone(h, o)));
        var set = heads.Sum(h => 1 << (members.Length - 1 - h)); // of two lists of one length the smaller has the larger set
        return ((((((((((long)whole << 8) + fullest) << 8) + beside) << 8) + zonePairs) << 8) + machinePairs) << 16)
            + (0xffff - set);
    }

    private PlacementScore Unpack()
    {
        var set = 0xffff - (int)(best & 0xffff);
        return new PlacementScore(
            0,
            (int)(best >> 48),
            (int)(best >> 40) & 0xff,
            (int)(best >> 32) & 0xff,
            (int)(best >> 24) & 0xff,
            (int)(best >> 16) & 0xff,
            [
                .. Enumerable
                    .Range(0, members.Length)
                    .Where(m => (set & (1 << (members.Length - 1 - m))) != 0)
                    .Select(m => members[m].Ordinal),
            ]
        );
    }
}
