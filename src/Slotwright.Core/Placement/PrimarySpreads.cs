namespace Slotwright.Core.Placement;

/// <summary>
/// The ways to spread primaries over zones within caps, those first whose lowest ordinals are lowest: the order in
/// which the last criterion would have them if nothing else counted.
/// </summary>
internal static class PrimarySpreads
{
    /// <summary>Made one by one, each when it is asked for: there can be very many where zones are.</summary>
    public static IEnumerable<PrimarySpread> InOrder(Census census, PrimaryCaps caps, int primaries)
    {
        var taken = new Stack<int>();
        var closed = new Stack<int>();
        var open = census.Zones.Select(_ => true).ToArray();
        var count = new int[census.Zones.Length];
        var next = 0;
        do
        {
            for (; taken.Count < primaries; next++)
            {
                var zone = census.ZoneOf[next];
                if (open[zone] && count[zone] < caps.ByZone[zone])
                {
                    taken.Push(next);
                    count[zone]++;
                }
            }
            yield return new PrimarySpread([.. count], [.. taken.Reverse()]);
        } while (Refuse());

        // Takes back the last member that can be done without; its zone then gets no more than it had before it.
        bool Refuse()
        {
            while (taken.TryPop(out var member))
            {
                while (closed.TryPeek(out var later) && later > member)
                {
                    open[census.ZoneOf[closed.Pop()]] = true;
                }
                var zone = census.ZoneOf[member];
                count[zone]--;
                var room = Enumerable
                    .Range(0, count.Length)
                    .Where(z => open[z] && z != zone)
                    .Sum(z => caps.ByZone[z] - count[z]);
                if (room >= primaries - taken.Count)
                {
                    closed.Push(member);
                    open[zone] = false;
                    next = member + 1;
                    return true;
                }
            }
            return false;
        }
    }
}
