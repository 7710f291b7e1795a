namespace Slotwright.Output;

/// <summary>What a table of shards shows.</summary>
/// <param name="ByZone">A column a zone; else one column for all nodes, each with its zone.</param>
/// <param name="IsBrief">A mark stands for "in sync".</param>
/// <param name="Numbers">How many of the columns of numbers, from the most important on.</param>
internal readonly record struct ShardTableShape(bool ByZone, bool IsBrief, int Numbers)
{
    /// <summary>From the one that says most to the narrowest.</summary>
    public static IEnumerable<ShardTableShape> From(bool byZone, int numbers)
    {
        foreach (var columns in byZone ? new[] { true, false } : [false])
        {
            yield return new(columns, IsBrief: false, numbers);
            yield return new(columns, IsBrief: false, numbers - 1);
            for (var left = numbers - 1; left >= 0; left--)
            {
                yield return new(columns, IsBrief: true, left);
            }
        }
    }
}
