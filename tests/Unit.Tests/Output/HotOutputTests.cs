using System.Collections.Immutable;
using Slotwright.Core.Health;
using Slotwright.Core.Loads;
using Slotwright.Core.Tests.Support;
using Slotwright.Operations.Loads;
using Slotwright.Output;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.Output;

public sealed class HotOutputTests
{
    [Theory]
    [InlineData(Format.Text, "counted.txt")]
    [InlineData(Format.Json, "counted.json")]
    public void Where_servers_count_what_slots_cost(Enum format, string name) =>
        Check(format, name, new HotReport(Clusters.Healthy, [Counted(0), Counted(1)], []));

    [Fact]
    public void What_can_t_be_told_is_said() =>
        Check(
            Format.Text,
            "not-counted.txt",
            new HotReport(
                Clusters.Healthy,
                [Counted(0) with { Rates = null, Elapsed = TimeSpan.Zero, Sample = KeySample.None }],
                [
                    new Finding("slot-stats-off", Verdict.Warning, "m-0", "nobody counts", "it is off", "turn it on"),
                    new Finding("use-not-counted", Verdict.Warning, "m-0", "no use", "no LFU", "set one"),
                ]
            )
        );

    private static void Check(Enum format, string name, HotReport report)
    {
        var terminal = new FakeTerminal();
        HotOutput.Print(terminal.Terminal, (Format)format, HotDocument.Of("local:valkey", report, 3));
        Golden.Check($"hot/{name}", terminal.Output);
        Assert.Equal("", terminal.Error);
    }

    private static ShardReading Counted(int shard)
    {
        var primary = Clusters.Healthy.Topology.NodeOf($"m-{shard}")!;
        var first = primary.Slots.Ranges[0].First;
        ImmutableArray<SampledKey> keys =
        [
            new("cart:\u001b[31m7"u8.ToArray(), first, 5_000_000 - shard, 200),
            new(new byte[] { (byte)'k', 0xff, 0xfe }, first + 1, 120, 3 + shard),
        ];
        return new ShardReading(
            primary,
            [new SlotStat(first, 40_000), new SlotStat(first + 1, 2), new SlotStat(first + 2, 0)],
            [new SlotRate(1250, 64_000), new SlotRate(250_000, 3_000_000), default],
            TimeSpan.FromSeconds(5),
            new KeySample([new SlotSample(first, 998, 9_000_000), new SlotSample(first + 1, 2, 240)], keys, keys)
        );
    }
}
