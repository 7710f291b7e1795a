using System.Collections.Immutable;
using Slotwright.Core.Observing;
using Slotwright.Core.Restarts;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Restarts;

/// <summary>m-5 is a replica of m-0.</summary>
public sealed class ResumeChoiceTests
{
    private const long MB = 1_000_000;
    private static readonly StorageInfo Whole = new(true, true, true, true);
    private static readonly ImmutableArray<NodeView> Seen = Views.Of(SixMembers.Formed);

    private static readonly ServerInfo Primary = Seen[0].Report!.Server with { Storage = Whole, Backlog = 10 * MB };
    private static readonly ServerInfo Replica = Seen[5].Report!.Server with
    {
        Storage = Whole,
        IsPrimary = false,
        PrimaryLinkUp = true,
        UsedMemory = 200 * MB,
        StreamIn = MB,
    };

    private static readonly ResumeEvidence Evidence = new(
        Replica,
        Primary,
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(30)
    );

    [Fact]
    public void A_replica_whose_primary_is_well_goes_on_from_a_snapshot()
    {
        var resume = Assert.IsType<ResumeDecision.Resume>(Decide(Evidence));
        Assert.Equal(
            "saving takes about 3 s; away for about 8 s it misses 7.6 MiB of 9.5 MiB that its primary keeps",
            resume.Reason
        );
    }

    [Fact]
    public void Who_keeps_no_append_only_file_or_is_a_primary_ends_as_usual()
    {
        Assert.IsType<ResumeDecision.Usual>(Decide(Evidence with { Own = Primary }));
        Assert.IsType<ResumeDecision.Usual>(
            Decide(WithOwn(r => r with { Storage = Whole with { AppendOnly = false } }))
        );
    }

    public static TheoryData<string, Func<ResumeEvidence, ResumeEvidence>> Reasons { get; } =
        new()
        {
            { "its link to its primary is down", e => Own(e, r => r with { PrimaryLinkUp = false }) },
            { "copying its primary's data", e => Own(e, r => r with { SyncInProgress = true }) },
            { "copying its primary's data", e => Own(e, r => r with { Loading = true }) },
            { "written for the first time", e => Own(e, r => r with { Storage = Whole with { IsBeginning = true } }) },
            { "its primary does not answer", e => e with { Primary = null } },
            { "is no primary", e => Other(e, p => p with { IsPrimary = false }) },
            { "keeps no append-only file", e => Other(e, p => p with { Storage = Whole with { AppendOnly = false } }) },
            { "keeps no append-only file", e => Other(e, p => p with { Storage = StorageInfo.Unsaid }) },
            { "can't write", e => Other(e, p => p with { Storage = Whole with { Appended = false } }) },
            { "could not rewrite", e => Other(e, p => p with { Storage = Whole with { Rewritten = false } }) },
            {
                "primary's append-only file",
                e => Other(e, p => p with { Storage = Whole with { IsBeginning = true } })
            },
            { "of the grace period 2 s are left", e => e with { Left = TimeSpan.FromSeconds(2) } },
            { "of the grace period 0 s are left", e => e with { Left = TimeSpan.FromSeconds(-1) } },
            { "its primary keeps 9.5 MiB (repl-backlog-size)", e => Own(e, r => r with { StreamIn = 2 * MB }) },
            { "its primary keeps 9.5 MiB", e => Other(e, p => p with { StreamOut = 2 * MB }) },
            { "its primary keeps 9.5 MiB", e => e with { Between = TimeSpan.FromSeconds(20) } },
        };

    [Theory, MemberData(nameof(Reasons))]
    public void Otherwise_it_will_copy_everything_and_says_why(
        string words,
        Func<ResumeEvidence, ResumeEvidence> change
    ) => Assert.Contains(words, Assert.IsType<ResumeDecision.Copy>(Decide(change(Evidence))).Reason);

    [Fact]
    public void A_rewrite_as_usual_is_no_reason() =>
        Assert.IsType<ResumeDecision.Resume>(
            Decide(Other(Evidence, p => p with { Storage = Whole with { Rewriting = true } }))
        );

    [Fact]
    public void Nobody_who_ends_it_by_force_lets_a_snapshot_take_its_time() =>
        Assert.IsType<ResumeDecision.Resume>(
            Decide(WithOwn(r => r with { UsedMemory = 9000 * MB, StreamIn = 0 }) with { Left = null })
        );

    [Fact]
    public void One_that_has_not_come_back_whole_goes_on_from_a_snapshot_again()
    {
        var own = Own(Evidence, r => r with { Storage = Whole with { AppendOnly = false } });
        Assert.True(Again(own).Saves);
        Assert.False(Again(own with { Left = TimeSpan.Zero }).Saves);
        Assert.False(Again(Own(own, r => r with { PrimaryLinkUp = false })).Saves); // it would lose its place

        static ResumeDecision.Again Again(ResumeEvidence evidence) =>
            Assert.IsType<ResumeDecision.Again>(ResumeChoice.Decide(evidence, isResuming: true));
    }

    [Fact]
    public void A_forecast_names_who_will_copy_everything_although_the_backlog_is_raised()
    {
        const long Rate = 20 * MB;
        var seen = Seen;
        for (var i = 0; i < seen.Length; i++)
        {
            seen = seen.WithServer(
                i,
                s => s with { Storage = Whole, Backlog = 10 * MB, MaxMemory = 1000 * MB, PrimaryLinkUp = !s.IsPrimary }
            );
        }
        Assert.Empty(Forecast(seen));
        Assert.Empty(Forecast(seen.WithServer(5, s => s with { StreamIn = Rate })));
        var full = seen.WithServer(0, s => s with { UsedMemory = 990 * MB })
            .WithServer(5, s => s with { StreamIn = Rate });
        var finding = Assert.Single(Forecast(full));
        Assert.Equal(("full-copy", "m-5"), (finding.Code, finding.Subject));
        Assert.Contains("repl-backlog-size", finding.What);

        static ImmutableArray<Core.Health.Finding> Forecast(ImmutableArray<NodeView> views) =>
            ResumeForecast.Of(views.Merged(SixMembers.Formed), TimeSpan.FromSeconds(1), null);
    }

    private static ResumeDecision Decide(ResumeEvidence evidence) => ResumeChoice.Decide(evidence, isResuming: false);

    private static ResumeEvidence WithOwn(Func<ServerInfo, ServerInfo> change) => Own(Evidence, change);

    private static ResumeEvidence Own(ResumeEvidence evidence, Func<ServerInfo, ServerInfo> change) =>
        evidence with
        {
            Own = change(evidence.Own),
        };

    private static ResumeEvidence Other(ResumeEvidence evidence, Func<ServerInfo, ServerInfo> change) =>
        evidence with
        {
            Primary = change(evidence.Primary!),
        };
}
