using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>As many slots as are asked for, or the very ones, to one shard.</summary>
public static class ReshardPlanner
{
    private const string Operation = "reshard";

    /// <exception cref="BadInputException">What is asked for is not there: all of it at once.</exception>
    public static Plan Plan(Topology topology, ReshardWish wish)
    {
        var problems = new List<Problem>();
        var to = Find(wish.To, "--to");
        Node?[] named = wish.From is ["all"]
            ? [.. topology.Voters.Where(v => v.Id != to?.Id)]
            : [.. wish.From.Select(f => Find(f, "--from"))];
        Node[] from = [.. named.OfType<Node>().DistinctBy(n => n.Id)];
        if (to is not null && from.Any(f => f.Id == to.Id))
        {
            Add("--from", $"{to.Label} is where the slots are to go", "name another shard, or all");
        }
        var count = from.Sum(f => f.Slots.Count);
        if (wish.Count is { } wanted && (wanted < 1 || wanted > count) && from.Length == named.Length)
        {
            Add("--slots", $"{wanted} slots can't be moved: {Names(from)} {Own(from)} {count}", $"give 1 to {count}");
        }
        if (wish.Ranges is { } ranges && from.Length == named.Length)
        {
            // what is there already was moved by an attempt that was cut off
            var absent = ranges.Except(SlotSet.Union(from.Select(f => f.Slots))).Except(to?.Slots ?? SlotSet.Empty);
            if (!absent.IsEmpty)
            {
                Add(
                    "--ranges",
                    $"{Names(from)} {(from.Length == 1 ? "does" : "do")} not own slots {absent}",
                    "slotwright status shows who owns what"
                );
            }
        }
        if (problems.Count > 0)
        {
            throw new BadInputException([.. problems]);
        }
        var stages = SlotMoveStages.Of(Moves(from, to!, wish), topology, "Move slots", _ => "asked for");
        return new Plan(Operation, stages, []) { RestoredBy = SlotMoveStages.RestoredBy(stages, topology) };

        Node? Find(string word, string where)
        {
            try
            {
                return SlotEnd.Select(word, topology, where);
            }
            catch (BadInputException e)
            {
                problems.AddRange(e.Problems);
                return null;
            }
        }

        void Add(string where, string what, string remedy) => problems.Add(new Problem(where, what, remedy));
    }

    private static IEnumerable<SlotMove> Moves(Node[] from, Node to, ReshardWish wish)
    {
        var portions = wish.Count is { } count ? Portions.Of(count, [.. from.Select(f => f.Slots.Count)]) : default;
        return from.Select(
            (f, i) =>
                new SlotMove(
                    f.Id,
                    to.Id,
                    wish.Ranges is { } ranges ? ranges.Intersect(f.Slots) : SlotPick.Of(f.Slots, portions[i])
                )
        );
    }

    private static string Names(Node[] nodes) =>
        nodes.Length == 0 ? "nobody" : string.Join(", ", nodes.Select(n => n.Label));

    private static string Own(Node[] nodes) => nodes.Length == 1 ? "owns" : "own";
}
