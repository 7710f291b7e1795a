using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Slotwright.Bench.Create;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;
using Slotwright.Local.Hosting;
using Slotwright.Local.Servers;
using Slotwright.Local.State;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;

namespace Slotwright.Bench.Reshard;

/// <summary>2,000 slots go from one of three shards to another and back, by each tool on the same servers.</summary>
internal sealed class ReshardBenchmark(BenchOptions options, string program, StateRoot root)
{
    private const string Name = "bench";
    private const int Slots = 2000;

    private static readonly SlotSet Moved = SlotSet.Of(0, Slots - 1);

    /// <exception cref="InvalidOperationException">A tool failed.</exception>
    public static async Task RunAsync(BenchOptions options, CancellationToken ct)
    {
        var program = options.Program ?? throw new InvalidOperationException("--program names no native slotwright");
        var folder = Directory.CreateTempSubdirectory("slotwright-bench-");
        try
        {
            await new ReshardBenchmark(options, program, new StateRoot(folder.FullName)).RunAllAsync(ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task RunAllAsync(CancellationToken ct)
    {
        var results = ImmutableArray.CreateBuilder<ReshardResult>();
        foreach (var version in new[] { "8.1", "9.1" })
        {
            results.AddRange(await RunAsync(version, ct));
        }
        ReshardReport.Of(results.ToImmutable(), KeysPerSlot * HashSlot.Count).Publish(options);
    }

    private int KeysPerSlot => options.Quick ? 5 : 61;

    private async Task<ImmutableArray<ReshardResult>> RunAsync(string version, CancellationToken ct)
    {
        var server = await ServerLocator
            .OfThisMachine(TimeProvider.System)
            .FindAsync(version, new Progress<string>(), ct);
        var host = new LocalClusters(root, TimeProvider.System).Host(Name);
        try
        {
            await host.CreateAsync(new LocalSpec { Name = Name }, server, ct);
            await using var session = new ClusterSession(host, given: null, TimeProvider.System);
            await new BootstrapOperation(session, host, new BootstrapOptions()).RunAsync(ct);
            await SmallKeys.FillAsync(session, KeysPerSlot, ct);
            var results = ImmutableArray.CreateBuilder<ReshardResult>();
            foreach (var tool in Tools(version, server, session, host))
            {
                results.Add(await RunAsync(version, tool, session, ct));
            }
            return results.ToImmutable();
        }
        finally
        {
            if (host.Exists)
            {
                await host.EndAsync(CancellationToken.None);
                await host.PurgeAsync(CancellationToken.None);
            }
        }
    }

    private async Task<ReshardResult> RunAsync(string version, Tool tool, ClusterSession session, CancellationToken ct)
    {
        var runs = options.Quick ? 1 : 3;
        var rates = ImmutableArray.CreateBuilder<double>();
        var shards = (await session.ObserveAsync(ct)).Topology.Shards();
        var giver = shards.Single(s => s.Slots.Contains(0)).Primary;
        var taker = shards.First(s => s.Primary.Id != giver.Id).Primary;
        for (var i = 0; i < runs * 2; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await tool.Move(giver, taker, ct);
            var took = Stopwatch.GetElapsedTime(start);
            await UntilOwnedAsync(session, taker.Id, ct);
            rates.Add(Slots * KeysPerSlot / took.TotalSeconds);
            Terminal.Complain($"{version}, {tool.Title}, run {i + 1} of {runs * 2}: {rates[i]:0} keys/s");
            (giver, taker) = (taker, giver);
        }
        return new ReshardResult(version, tool.Title, rates.ToImmutable());
    }

    private static async Task UntilOwnedAsync(ClusterSession session, NodeId owner, CancellationToken ct)
    {
        if (
            !await Wait.UntilAsync(
                async inner =>
                    (await session.ObserveAsync(inner)).Views.All(v =>
                        v.Report?.Peers.Single(p => p.Id == owner).Slots is { } slots && Moved.Except(slots).IsEmpty
                    ),
                TimeSpan.FromSeconds(30),
                TimeProvider.System,
                ct
            )
        )
        {
            throw new InvalidOperationException("the slots were not moved");
        }
    }

    private IEnumerable<Tool> Tools(string version, ServerBinary server, ClusterSession session, LocalHost host)
    {
        yield return new("valkey-cli, as it is", (from, to, ct) => CliAsync(server, host, from, to, null, ct));
        yield return new(
            "valkey-cli --cluster-pipeline 1000",
            (from, to, ct) => CliAsync(server, host, from, to, 1000, ct)
        );
        yield return new(
            "slotwright --mover stepwise --pace fast",
            (from, to, ct) => OursAsync("stepwise", "fast", from, to, ct)
        );
        yield return new(
            "slotwright --mover stepwise",
            (from, to, ct) => OursAsync("stepwise", "normal", from, to, ct)
        );
        if (version == "9.1")
        {
            yield return new("MIGRATESLOTS by hand", (from, to, ct) => ByHandAsync(session, from, to, ct));
            yield return new("slotwright --pace fast", (from, to, ct) => OursAsync("auto", "fast", from, to, ct));
            yield return new("slotwright", (from, to, ct) => OursAsync("auto", "normal", from, to, ct));
        }
    }

    private static async Task CliAsync(
        ServerBinary server,
        LocalHost host,
        Node from,
        Node to,
        int? pipeline,
        CancellationToken ct
    ) =>
        await TimedProgram.RunAsync(
            Path.Combine(Path.GetDirectoryName(server.Path)!, "valkey-cli"),
            [
                "--cluster",
                "reshard",
                from.Address.ToString(),
                "--cluster-from",
                from.Id.Value,
                "--cluster-to",
                to.Id.Value,
                "--cluster-slots",
                Slots.ToString(CultureInfo.InvariantCulture),
                "--cluster-yes",
                .. pipeline is { } keys ? ["--cluster-pipeline", $"{keys}"] : Array.Empty<string>(),
            ],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["REDISCLI_AUTH"] = (await host.GetCredentialsAsync(ct))!.Password,
            },
            ct
        );

    private async Task OursAsync(string mover, string pace, Node from, Node to, CancellationToken ct) =>
        await TimedProgram.RunAsync(
            program,
            [
                "reshard",
                "--name",
                Name,
                "--ranges",
                Moved.ToString(),
                "--from",
                from.Member!,
                "--to",
                to.Member!,
                "--mover",
                mover,
                "--pace",
                pace,
                "--yes",
            ],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["SLOTWRIGHT_HOME"] = root.Path },
            ct
        );

    private static async Task ByHandAsync(ClusterSession session, Node from, Node to, CancellationToken ct)
    {
        var members = (await session.ObserveAsync(ct)).Topology.Members;
        var node = await session.ConnectAsync(members[from.Member!], ct);
        await node.AskAsync(NodeCommands.OfMigration(Moved, to.Id), ct);
        await Wait.UntilAsync(
            async inner => (await node.SlotMigrationsAsync(inner)).All(m => m.Ended),
            TimeSpan.FromMinutes(5),
            TimeProvider.System,
            ct
        );
    }

    private sealed record Tool(string Title, Func<Node, Node, CancellationToken, Task> Move);
}
