using System.Collections.Immutable;
using System.Globalization;

namespace Slotwright.Bench.Failover;

/// <summary>What agents take while nothing happens, as the kernel counts it.</summary>
/// <param name="Core">Of one core, the most of all agents; 0 to 1.</param>
/// <param name="Memory">Anonymous memory in bytes, the most of all agents.</param>
internal sealed record AgentCost(double Core, long Memory)
{
    private const double TicksPerSecond = 100;

    public static async Task<AgentCost> DuringAsync(ImmutableArray<int> agents, TimeSpan time, CancellationToken ct)
    {
        var before = agents.ToDictionary(a => a, Ticks);
        await Task.Delay(time, ct);
        return new AgentCost(
            agents.Max(a => (Ticks(a) - before[a]) / TicksPerSecond / time.TotalSeconds),
            agents.Max(Anonymous)
        );
    }

    private static long Ticks(int pid)
    {
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[11], CultureInfo.InvariantCulture)
            + long.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    private static long Anonymous(int pid)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status"))
            .Single(l => l.StartsWith("RssAnon:", StringComparison.Ordinal));
        return 1024 * long.Parse(line["RssAnon:".Length..^2], CultureInfo.InvariantCulture);
    }
}
