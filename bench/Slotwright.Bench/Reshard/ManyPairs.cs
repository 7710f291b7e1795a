using System.Collections.Immutable;
using Slotwright.Bench.Reports;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;
using Slotwright.Local.State;

namespace Slotwright.Bench.Reshard;

/// <summary>Ten givers and ten takers at once, against one of these pairs alone: as many bytes a pair.</summary>
internal sealed class ManyPairs(BenchOptions options, string program, StateRoot root)
{
    private const int Pairs = 10;
    private const int GiverWeight = 99;
    private const int KeysPerSlot = 192;
    private const int KeyBytes = 32 << 10;

    public async Task<BenchSection> RunAsync(CancellationToken ct)
    {
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        foreach (var version in new[] { "8.1", "9.1" })
        {
            rows.AddRange(await RunAsync(version, ct));
        }
        return new BenchSection(
            "Ten pairs at once",
            $"Twenty primaries without replicas, ten of them empty; each of these gets about 16 slots of {KeysPerSlot * KeyBytes >> 20} MiB from another.",
            new Table(
                ["version", "pace", "runs", "MiB a pair", "one pair, s", "ten pairs, s", "times", "MiB/s of ten"],
                rows.ToImmutable()
            ),
            "Twenty servers share this machine's processors and disk: where a pace bounds what a pair may take, ten pairs "
                + "take little longer than one; where the machine is the bound, they can't."
        );
    }

    private async Task<ImmutableArray<ImmutableArray<string>>> RunAsync(string version, CancellationToken ct)
    {
        await using var servers = await BenchServers.UpAsync(program, root, version, Pairs * 2, 0, 0, true, ct);
        var tools = servers.Tools;
        await tools.OursAsync(["rebalance", .. Weights(0), "--pace", "fast"], ct);
        var wish = new RebalanceWish(
            null,
            0.02,
            [.. Enumerable.Range(0, Pairs).Select(o => new ShardWeight($"bench-{o}", $"{GiverWeight}"))]
        );
        ImmutableArray<MoveSlots> moves =
        [
            .. RebalancePlanner
                .Plan((await servers.Session.ObserveAsync(ct)).Topology, wish)
                .Stages.SelectMany(s => s.Steps)
                .OfType<MoveSlots>(),
        ];
        var slots = SlotSet.Union(moves.Select(m => m.Slots));
        await SmallKeys.FillAsync(servers.Session, slots, KeysPerSlot, KeyBytes, ct);
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        foreach (var pace in new[] { "gentle", "normal" })
        {
            rows.Add(await RunAsync(version, pace, moves, tools, ct));
        }
        return rows.ToImmutable();
    }

    private async Task<ImmutableArray<string>> RunAsync(
        string version,
        string pace,
        ImmutableArray<MoveSlots> moves,
        MoveTools tools,
        CancellationToken ct
    )
    {
        var (one, ten) = (new List<double>(), new List<double>());
        var runs = options.Quick ? 1 : 2;
        for (var i = 0; i < runs; i++)
        {
            one.Add((await MoveAsync(moves[0], pace, tools, ct)).TotalSeconds);
            await MoveAsync(Back(moves[0]), "fast", tools, ct);
            string[] weights = [.. Weights(GiverWeight, 0)];
            ten.Add((await tools.OursAsync(["rebalance", .. weights, "--pace", pace], ct)).TotalSeconds);
            foreach (var move in moves)
            {
                await MoveAsync(Back(move), "fast", tools, ct);
            }
            Terminal.Complain($"{version}, {pace}, run {i + 1}: one pair {one[^1]:0.0} s, ten pairs {ten[^1]:0.0} s");
        }
        var (alone, all) = (Figures.Median(one), Figures.Median(ten));
        var bytes = moves.Average(m => m.Slots.Count) * KeysPerSlot * KeyBytes / (1 << 20);
        return
        [
            version,
            pace,
            $"{runs}",
            Figures.Text(bytes, "0"),
            Figures.Text(alone, "0.0"),
            Figures.Text(all, "0.0"),
            Figures.Text(all / alone, "0.0"),
            Figures.Text(bytes * moves.Length / all, "0"),
        ];
    }

    /// <param name="first">Ordinal of the first of ten members that have it.</param>
    private static IEnumerable<string> Weights(int weight, int first = Pairs) =>
        Enumerable.Range(first, Pairs).SelectMany(o => new[] { "--weight", $"bench-{o}={weight}" });

    private static MoveSlots Back(MoveSlots move) =>
        move with
        {
            FromMember = move.Member,
            From = move.Node,
            Member = move.FromMember,
            Node = move.From,
        };

    private static Task<TimeSpan> MoveAsync(MoveSlots move, string pace, MoveTools tools, CancellationToken ct) =>
        tools.OurReshardAsync(move.FromMember, move.Member, $"{move.Slots}", "auto", pace, ct);
}
