using Slotwright.Core.Fencing;
using Slotwright.Core.Restarts;
using Slotwright.Core.Storage;

namespace Slotwright.Core.Tests.Restarts;

/// <summary>A replica was told to end at noon, at offset 100, and has 30 s for it.</summary>
public sealed class ResumeStartTests
{
    private const string Stream = "5a3c";
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, 500, TimeSpan.Zero);
    private static readonly AppendOnlyFiles Files = new(
        "/data/appendonlydir",
        "/data/appendonlydir/appendonly.aof.manifest",
        [
            new("/data/appendonlydir/a.1.base.rdb", AppendOnlyKind.Base, null, null, true, Noon),
            new("/data/appendonlydir/a.1.incr.aof", AppendOnlyKind.Incremental, null, null, true, Noon),
        ],
        null,
        Noon
    );

    private static readonly DiskContent Left = new(
        new Snapshot("/data/dump.rdb", new(80, "9.1.2", Stream, 120, At(-0.5), true, false), null, At(2)),
        Files
    )
    {
        Mark = new(ResumePhase.Leaving, "a.1.base.rdb", Stream, 100, Noon, At(30)),
    };

    [Fact]
    public void From_the_snapshot_that_the_server_ended_with_it_goes_on()
    {
        Assert.True(ResumeStart.Judge(Left)!.Resumes);
        Assert.Equal(StorageAction.Resume, StorageSwitch.Decide(Left, appendOnly: true, before: true).Action);
    }

    [Fact]
    public void Without_a_mark_nothing_was_begun()
    {
        Assert.Null(ResumeStart.Judge(Left with { Mark = null }));
        Assert.Equal(StorageAction.Keep, StorageSwitch.Decide(Left with { Mark = null }, true, true).Action);
    }

    public static TheoryData<string, Func<DiskContent, DiskContent>> Wrong { get; } =
        new()
        {
            { "no snapshot", d => d with { Snapshot = null } },
            { "cut off", d => d with { Snapshot = d.Snapshot! with { IsWhole = false } } },
            { "damaged", d => d with { Snapshot = d.Snapshot! with { Head = null, Damage = "no magic" } } },
            { "of no stream", d => Head(d, h => h with { ReplicationId = null, ReplicationOffset = null }) },
            { "append-only files made anew", d => d with { AppendOnly = Based("a.2.base.rdb", Noon) } },
            { "no append-only files", d => d with { AppendOnly = null } },
            { "a damaged manifest", d => d with { AppendOnly = Files with { Damage = "line 1" } } },
        };

    public static TheoryData<string, Func<DiskContent, DiskContent>> NotOfThatEnd { get; } =
        new()
        {
            { "of another stream", d => Head(d, h => h with { ReplicationId = "other" }) },
            { "with less", d => Head(d, h => h with { ReplicationOffset = 99 }) },
            { "from before", d => Head(d, h => h with { Created = At(-2) }) },
            { "from long after", d => Head(d, h => h with { Created = At(31) }) },
            { "of no time", d => Head(d, h => h with { Created = null }) },
            { "and went on after it", d => d with { AppendOnly = Based("a.1.base.rdb", At(0.6)) } },
        };

    [Theory, MemberData(nameof(Wrong)), MemberData(nameof(NotOfThatEnd))]
    public void What_does_not_fit_is_not_gone_on_from(string what, Func<DiskContent, DiskContent> change)
    {
        Assert.NotEmpty(what);
        Assert.False(ResumeStart.Judge(change(Left))!.Resumes);
        Assert.NotEqual(StorageAction.Resume, StorageSwitch.Decide(change(Left), true, true).Action);
    }

    [Theory, MemberData(nameof(NotOfThatEnd))]
    public void Once_started_any_whole_snapshot_is_newer_than_the_append_only_files(
        string what,
        Func<DiskContent, DiskContent> change
    )
    {
        Assert.NotEmpty(what);
        Assert.True(ResumeStart.Judge(change(Started(Left)))!.Resumes);
    }

    [Theory, MemberData(nameof(Wrong))]
    public void Once_started_a_snapshot_is_still_wanted_and_files_made_anew_end_it(
        string what,
        Func<DiskContent, DiskContent> change
    )
    {
        Assert.NotEmpty(what);
        Assert.False(ResumeStart.Judge(change(Started(Left)))!.Resumes);
    }

    [Fact]
    public void A_primary_with_a_mark_is_judged_by_its_snapshot_and_not_by_its_older_append_only_files()
    {
        var own = OwnData.Of(Started(Left), appendOnly: true, before: true);
        Assert.Equal((OwnDataKind.Snapshot, Stream, 120), (own.Kind, own.ReplicationId, own.Offset));
        Assert.Equal(OwnDataKind.Complete, OwnData.Of(Left with { Mark = null }, appendOnly: true, before: true).Kind);
    }

    [Fact]
    public void Append_only_files_made_anew_have_all_again()
    {
        var whole = Started(Left) with { AppendOnly = Based("a.2.base.rdb", At(60)) };
        Assert.Equal(OwnDataKind.Complete, OwnData.Of(whole, appendOnly: true, before: true).Kind);
        Assert.Equal(StorageAction.Keep, StorageSwitch.Decide(whole, appendOnly: true, before: true).Action);
    }

    [Fact]
    public void Switched_off_meanwhile_the_older_append_only_files_are_set_aside()
    {
        Assert.Equal(
            StorageAction.SetAppendOnlyAside,
            StorageSwitch.Decide(Started(Left), appendOnly: false, before: true).Action
        );
        Assert.Equal(
            StorageAction.SaveSnapshot, // the harm: the older files would overwrite the snapshot
            StorageSwitch.Decide(Left with { Mark = null }, appendOnly: false, before: true).Action
        );
    }

    private static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);

    private static DiskContent Started(DiskContent disk) =>
        disk with
        {
            Mark = disk.Mark! with { Phase = ResumePhase.Resuming },
        };

    private static DiskContent Head(DiskContent disk, Func<SnapshotHead, SnapshotHead> change) =>
        disk with
        {
            Snapshot = disk.Snapshot! with { Head = change(disk.Snapshot.Head!) },
        };

    private static AppendOnlyFiles Based(string name, DateTimeOffset written) =>
        Files with
        {
            Files = Files.Files.SetItem(0, Files.Files[0] with { Path = $"/data/appendonlydir/{name}" }),
            Written = written,
        };
}
