using Slotwright.Core.Drills;
using Slotwright.Core.Health;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Targets;
using Slotwright.Output;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.Output;

public sealed class DrillOutputTests
{
    [Theory]
    [InlineData(DrillKind.KillPrimary)]
    [InlineData(DrillKind.KillReplica)]
    [InlineData(DrillKind.PausePrimary)]
    [InlineData(DrillKind.RollingRestart)]
    [InlineData(DrillKind.Upgrade)]
    [InlineData(DrillKind.WholeRestart)]
    [InlineData(DrillKind.ZoneOutage)]
    [InlineData(DrillKind.Partition)]
    public void It_is_said_what_will_be_done(DrillKind kind)
    {
        var terminal = new FakeTerminal();
        var options = Options(kind);
        new DrillTalk(terminal.Terminal, "local:m", yes: true).Confirm(
            DrillPlanner.Plan(kind, SixMembers.Formed, options.Times) with
            {
                Version = "9.1",
            },
            options
        );

        Golden.Check($"drill/{kind.Name()}.plan.txt", terminal.Error);
        Assert.Equal("", terminal.Output);
    }

    [Fact]
    public void What_a_drill_left_hurt_is_named_before_anybody_is_asked()
    {
        var terminal = new FakeTerminal();
        var left = new Hurt("kill-primary", DateTimeOffset.UnixEpoch, ["m-0"], [], null, ["m-0", "m-1"]);
        new DrillTalk(terminal.Terminal, "local:m", yes: true).OfferCure(left);

        Assert.Equal(
            "a drill (kill-primary) that began at 1970-01-01 00:00:00 UTC was cut off: m-0 may be down\n",
            terminal.Error
        );
    }

    [Fact]
    public void A_drill_ends_with_its_verdict()
    {
        var terminal = new FakeTerminal();
        var report = Report(new LedgerLimits(0, TimeSpan.FromSeconds(2), 0));
        DrillOutput.Print(terminal.Terminal, Format.Text, report, DrillDocument.Of("local:m", report), null);

        Golden.Check("drill/broken.txt", terminal.Output);
        Assert.StartsWith("broken (", terminal.Output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_get_all_of_it()
    {
        var terminal = new FakeTerminal();
        var report = Report(LedgerLimits.Default);
        DrillOutput.Print(terminal.Terminal, Format.Json, report, DrillDocument.Of("local:m", report), null);

        Golden.Check("drill/kept.json", terminal.Output);
    }

    [Fact]
    public void The_page_needs_nothing_from_outside_and_takes_names_for_text()
    {
        var page = DrillPage.Of("local:<m>", Report(LedgerLimits.Default));

        Assert.Equal(4, page.Split("<svg ").Length - 1);
        Assert.Contains("local:&lt;m&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    private static DrillOptions Options(DrillKind kind) =>
        new(kind, new DrillTimes(DrillOptions.DefaultDuration, null), 1000, LedgerLimits.Default);

    private static DrillReport Report(LedgerLimits limits)
    {
        var options = Options(DrillKind.KillPrimary) with { Limits = limits };
        var plan = DrillPlanner.Plan(options.Kind, SixMembers.Formed, options.Times);
        var timeline = new Timeline(latencies: true);
        for (var i = 0; i < 50; i++)
        {
            timeline.Succeeded(S(0.1 * i), S(0.001));
            if (i is > 20 and < 30)
            {
                timeline.Failed(S(0.1 * i));
            }
        }
        var shard = new ShardLedger(
            plan.Shards[0].Slots,
            "m-0",
            Attempted: 1000,
            Acknowledged: 990,
            Confirmed: 240,
            Failed: 10,
            Reads: 125,
            FailedReads: 1,
            new Gap(S(5), S(21.3)),
            new RingCounts(7, 0, 0, 0, 0, 0)
        )
        {
            Failures = [new FailureCount(FailureReason.NoConnection, 11)],
            ByOldPrimary = 3,
            Gaps = [new Gap(S(5), S(21.3))],
            Timeline = timeline.ToSamples(),
        };
        var ledger = new Ledger(S(45), 1, [shard], LatencySummary.None) { Timeline = timeline.ToSamples() };
        return new DrillReport(
            plan,
            options,
            DateTimeOffset.UnixEpoch,
            new LoadResult("00000000ab", LoadOptions.Default with { WaitReplicas = 1 }, ledger, 384, 0, false),
            [new DrillEvent(S(5), "m-0", "killed"), new DrillEvent(S(26.3), "m-5", "primary in place of m-0")],
            new DrillFacts(
                [
                    new MemberRoles("m-0", 0, [new RoleSpan(S(0), S(5), S(5), MemberState.Primary)]),
                    new MemberRoles("m-5", 0, [new RoleSpan(S(0), S(26), S(26), MemberState.Replica)]),
                ],
                [],
                null,
                [
                    new Finding(
                        "slots-covered",
                        Verdict.Ok,
                        "cluster",
                        "all 16384 slots have an owner that is alive",
                        "",
                        ""
                    ),
                ]
            ),
            S(1.2)
        );
    }

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
