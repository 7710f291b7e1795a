using System.Collections.Immutable;
using Slotwright.Local.Servers;
using Slotwright.Local.State;

namespace Slotwright.Bench.Create;

/// <summary>What the native program itself costs: its start, and a look at a large cluster.</summary>
internal sealed class ProgramFigures(string program, IReadOnlyDictionary<string, string> environment, StateRoot root)
{
    private const int Starts = 21;
    private const int Looks = 5;

    /// <summary>Of <c>--version</c>, ascending.</summary>
    public Task<ImmutableArray<TimedProgram>> StartAsync(CancellationToken ct) =>
        RepeatAsync(Starts, ["--version"], ct);

    /// <summary>Of <c>status</c> at a cluster of so many nodes, ascending.</summary>
    public async Task<ImmutableArray<TimedProgram>> StatusAsync(ServerBinary server, int members, CancellationToken ct)
    {
        await using var cluster = await FreshCluster.StartAsync(root, server, members, ct);
        await TimedProgram.RunAsync(program, ["bootstrap", "--name", FreshCluster.Name], environment, ct);
        return await RepeatAsync(Looks, ["status", "--name", FreshCluster.Name], ct);
    }

    private async Task<ImmutableArray<TimedProgram>> RepeatAsync(int times, string[] arguments, CancellationToken ct)
    {
        var runs = new List<TimedProgram>();
        for (var run = -1; run < times; run++) // the run before the first fetches the file from the disk
        {
            var timed = await TimedProgram.RunAsync(program, arguments, environment, ct);
            if (run >= 0)
            {
                runs.Add(timed);
            }
        }
        return [.. runs.OrderBy(r => r.Took)];
    }
}
