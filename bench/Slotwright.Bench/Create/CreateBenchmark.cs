using System.Collections.Immutable;
using System.Diagnostics;
using Slotwright.Local.Servers;
using Slotwright.Local.State;

namespace Slotwright.Bench.Create;

/// <summary>From empty servers to a cluster: Slotwright's native program against <c>valkey-cli --cluster create</c>.</summary>
internal sealed class CreateBenchmark(BenchOptions options, string program, StateRoot root)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal)
    {
        ["SLOTWRIGHT_HOME"] = root.Path,
    };

    /// <exception cref="InvalidOperationException">A contestant failed, or its cluster did not become well.</exception>
    public static async Task RunAsync(BenchOptions options, CancellationToken ct)
    {
        var program = options.Program ?? throw new InvalidOperationException("--program names no native slotwright");
        var folder = Directory.CreateTempSubdirectory("slotwright-bench-");
        try
        {
            await new CreateBenchmark(options, program, new StateRoot(folder.FullName)).RunAllAsync(ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ImmutableArray<CreateCase> Cases(bool quick) =>
        quick
            ? [new("9.1", 6, 3), new("9.1", 30, 1)]
            :
            [
                new("9.1", 6, 5),
                new("9.1", 30, 5),
                new("9.1", 100, 5),
                new("8.1", 6, 5),
                new("8.1", 30, 5),
                new("8.1", 100, 5),
            ];

    private async Task RunAllAsync(CancellationToken ct)
    {
        var servers = new Dictionary<string, ServerBinary>(StringComparer.Ordinal);
        var results = new List<CreateResult>();
        var figures = new ProgramFigures(program, _environment, root);
        var start = await figures.StartAsync(ct);
        foreach (var c in Cases(options.Quick))
        {
            if (!servers.TryGetValue(c.Version, out var server))
            {
                server = await ServerLocator.OfThisMachine(TimeProvider.System).FindAsync(c.Version, new Talk(), ct);
                servers.Add(c.Version, server);
            }
            results.Add(await RunCaseAsync(c, server, ct));
        }
        var largest = results.MaxBy(r => r.Case.Members)!.Case;
        var status = await figures.StatusAsync(servers[largest.Version], largest.Members, ct);
        CreateReport.Of([.. results], start, status).Publish(options);
    }

    private async Task<CreateResult> RunCaseAsync(CreateCase c, ServerBinary server, CancellationToken ct)
    {
        var ours = ImmutableArray.CreateBuilder<CreateRun>();
        var theirs = ImmutableArray.CreateBuilder<CreateRun>();
        for (var run = 0; run < c.Runs; run++)
        {
            ours.Add(await RunOnceAsync(Contestant.Slotwright, c, server, ct));
            theirs.Add(await RunOnceAsync(Contestant.ValkeyCli, c, server, ct));
            Terminal.Complain(
                $"{c.Title}, run {run + 1} of {c.Runs}: Slotwright {ours[^1].Formed.TotalSeconds:0.00} s, valkey-cli {theirs[^1].Formed.TotalSeconds:0.00} s"
            );
        }
        return new CreateResult(c, ours.ToImmutable(), theirs.ToImmutable());
    }

    private async Task<CreateRun> RunOnceAsync(
        Contestant contestant,
        CreateCase c,
        ServerBinary server,
        CancellationToken ct
    )
    {
        await using var cluster = await FreshCluster.StartAsync(root, server, c.Members, ct);
        await using var judge = await Judge.ConnectAsync(cluster, ct);
        var busy = await Busyness.DuringAsync(Idle, ct);
        var start = Stopwatch.GetTimestamp();
        var ended =
            contestant == Contestant.Slotwright
                ? await TimedProgram.RunAsync(program, ["bootstrap", "--name", FreshCluster.Name], _environment, ct)
                : await TimedProgram.RunAsync(
                    server.Cli ?? throw new InvalidOperationException($"beside {server.Path} is no valkey-cli"),
                    [
                        "--cluster",
                        "create",
                        .. cluster.Members.Select(m => m.Address.ToString()),
                        "--cluster-replicas",
                        "1",
                        "--cluster-yes",
                    ],
                    new Dictionary<string, string>(StringComparer.Ordinal) { ["REDISCLI_AUTH"] = cluster.Password },
                    ct
                );
        var formed = await judge.UntilWellAsync(start, ct);
        return new CreateRun(ended.Took, formed, ended.PeakMemory, busy);
    }

    private sealed class Talk : IProgress<string>
    {
        public void Report(string value) => Terminal.Complain(value);
    }
}
