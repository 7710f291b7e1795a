using System.Collections.Immutable;
using Slotwright.Bench.Reports;
using Slotwright.Local.State;

namespace Slotwright.Bench.Reshard;

/// <summary>Ten givers and ten takers at once, against one of these pairs alone.</summary>
internal sealed class ManyPairs(BenchOptions options, string program, StateRoot root, int keysPerSlot)
{
    private const int Pairs = 10;

    public async Task<BenchSection> RunAsync(CancellationToken ct)
    {
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        foreach (var version in new[] { "8.1", "9.1" })
        {
            foreach (var pace in new[] { "gentle", "normal" })
            {
                rows.Add(await RunAsync(version, pace, ct));
            }
        }
        return new BenchSection(
            "Ten pairs at once",
            $"Twenty primaries without replicas; ten are emptied, and get half of the slots again from the ten others: about 819 slots of {keysPerSlot} keys a pair.",
            new Table(
                ["version", "pace", "runs", "one pair, s", "ten pairs, s", "times", "keys/s of ten"],
                rows.ToImmutable()
            ),
            "Twenty servers share this machine's processors: where a pace bounds what a pair may take, ten pairs take "
                + "little longer than one; where the processors are the bound, they can't."
        );
    }

    private async Task<ImmutableArray<string>> RunAsync(string version, string pace, CancellationToken ct)
    {
        await using var servers = await BenchServers.UpAsync(
            program,
            root,
            version,
            Pairs * 2,
            0,
            keysPerSlot,
            true,
            ct
        );
        var tools = servers.Tools;
        var (one, ten) = (new List<double>(), new List<double>());
        var slots = 0;
        var runs = options.Quick ? 1 : 3;
        for (var i = 0; i < runs; i++)
        {
            await EmptyAsync(tools, ct);
            var primaries = await tools.PrimariesAsync(ct);
            var count = primaries[0].Slots.Count / 2;
            var alone = await tools.OursAsync(
                [
                    "reshard",
                    "--slots",
                    $"{count}",
                    "--from",
                    primaries[0].Member!,
                    "--to",
                    primaries[Pairs].Member!,
                    "--pace",
                    pace,
                ],
                ct
            );
            one.Add(alone.TotalSeconds);
            await EmptyAsync(tools, ct);
            ten.Add((await tools.OursAsync(["rebalance", "--pace", pace], ct)).TotalSeconds);
            slots = (await tools.PrimariesAsync(ct)).Skip(Pairs).Sum(p => p.Slots.Count);
            Terminal.Complain($"{version}, {pace}, run {i + 1}: one pair {one[^1]:0.0} s, ten pairs {ten[^1]:0.0} s");
        }
        var (alones, all) = (Figures.Median(one), Figures.Median(ten));
        return
        [
            version,
            pace,
            $"{runs}",
            Figures.Text(alones, "0.0"),
            Figures.Text(all, "0.0"),
            Figures.Text(all / alones, "0.0"),
            Figures.Text(slots * keysPerSlot / all, "0"),
        ];
    }

    private static Task<TimeSpan> EmptyAsync(MoveTools tools, CancellationToken ct) =>
        tools.OursAsync(
            [
                "rebalance",
                .. Enumerable.Range(Pairs, Pairs).SelectMany(o => new[] { "--weight", $"bench-{o}=0" }),
                "--pace",
                "fast",
            ],
            ct
        );
}
