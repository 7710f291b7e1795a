using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using static Slotwright.Core.Placement.PlacementNotes;

namespace Slotwright.Core.Placement;

/// <summary>What makes a request one that can't be met, all at once.</summary>
internal static class RequestCheck
{
    public static void Demand(PlacementRequest request)
    {
        var problems = Problems(request).ToArray();
        if (problems.Length > 0)
        {
            throw new BadInputException(problems);
        }
    }

    private static IEnumerable<Problem> Problems(PlacementRequest request)
    {
        var (members, primaries, replicas) = request;
        if (primaries is < 1 or > HashSlot.Count)
        {
            yield return new Problem(
                "primaries",
                $"{primaries} were asked for",
                $"a cluster has 1 to {HashSlot.Count} of them; 3 or more can lose one"
            );
        }
        if (replicas < 0)
        {
            yield return new Problem("replicas per primary", $"{replicas} were asked for", "ask for 0 or more");
        }
        if (primaries is >= 1 and <= HashSlot.Count && replicas >= 0)
        {
            var wanted = (long)primaries * (replicas + 1L);
            if (members.Length != wanted)
            {
                yield return new Problem(
                    "members",
                    Count(members.Length, primaries, replicas, wanted),
                    Remedy(members.Length, replicas, wanted)
                );
            }
        }
        foreach (var nameless in members.Where(m => string.IsNullOrWhiteSpace(m.Name)))
        {
            yield return new Problem("members", $"the member with ordinal {nameless.Ordinal} has no name", "name it");
        }
        foreach (var twice in members.CountBy(m => m.Name).Where(c => c.Value > 1 && !string.IsNullOrWhiteSpace(c.Key)))
        {
            yield return new Problem("members", $"{twice.Key} is there {twice.Value} times", "name each member once");
        }
        foreach (var below in members.Where(m => m.Ordinal < 0))
        {
            yield return new Problem("members", $"{below.Name} has ordinal {below.Ordinal}", "ordinals begin at 0");
        }
        foreach (
            var same in members
                .GroupBy(m => m.Ordinal)
                .Where(g => g.DistinctBy(m => m.Name, StringComparer.Ordinal).Count() > 1)
        )
        {
            var names = string.Join(", ", same.Select(m => m.Name).Order(StringComparer.Ordinal));
            yield return new Problem("members", $"{names} have the same ordinal {same.Key}", "give each its own");
        }
    }

    private static string Count(int there, int primaries, int replicas, long wanted) =>
        $"{Number(primaries, "primary", "primaries")} with {Number(replicas, "replica")} each are {wanted} members, and there {(there == 1 ? "is" : "are")} {there}";

    private static string Remedy(int there, int replicas, long wanted)
    {
        var change = there < wanted ? $"add {wanted - there}" : $"remove {there - wanted}";
        return there > 0 && there % (replicas + 1L) == 0
            ? $"{change}, or ask for {Number((int)(there / (replicas + 1L)), "primary", "primaries")}"
            : $"{change}, or ask for other counts";
    }
}
