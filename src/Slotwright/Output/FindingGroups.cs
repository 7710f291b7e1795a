using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Output;

/// <summary>What was found alike of several is said once, of all of them.</summary>
internal static class FindingGroups
{
    private const int MostNames = 6;

    /// <returns>In the order of the first of each group.</returns>
    public static ImmutableArray<Finding> Of(ImmutableArray<Finding> findings) =>
        [
            .. findings
                .GroupBy(f => f with { Subject = "" })
                .Select(g =>
                    g.Key with
                    {
                        Subject = Names([
                            .. g.Select(f => f.Subject).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
                        ]),
                    }
                ),
        ];

    private static string Names(string[] names) =>
        names.Length > MostNames
            ? $"{string.Join(", ", names.Take(MostNames - 1))} and {names.Length - MostNames + 1} more"
            : string.Join(", ", names);
}
