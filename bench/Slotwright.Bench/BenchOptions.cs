namespace Slotwright.Bench;

/// <param name="Name">The benchmark.</param>
/// <param name="Quick">Fewer runs: enough to see that it works.</param>
/// <param name="Results">Folder for the table and the picture.</param>
/// <param name="Program">The native slotwright, where a benchmark runs it; null where none was named.</param>
internal sealed record BenchOptions(string Name, bool Quick, string Results, string? Program = null)
{
    /// <summary>How long what needs its time is run; null for what the benchmark takes by itself.</summary>
    public TimeSpan? Long { get; init; }

    public static BenchOptions? Parse(ReadOnlySpan<string> args)
    {
        if (args.IsEmpty)
        {
            return null;
        }
        var options = new BenchOptions(args[0], false, Path.Combine("bench", "results"));
        for (var i = 1; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--quick":
                    options = options with { Quick = true };
                    break;
                case "--results" when i + 1 < args.Length:
                    options = options with { Results = args[++i] };
                    break;
                case "--program" when i + 1 < args.Length:
                    options = options with { Program = Path.GetFullPath(args[++i]) };
                    break;
                case "--minutes"
                    when i + 1 < args.Length && double.TryParse(args[i + 1], out var minutes) && minutes > 0:
                    options = options with { Long = TimeSpan.FromMinutes(minutes) };
                    i++;
                    break;
                default:
                    return null;
            }
        }
        return options;
    }
}
