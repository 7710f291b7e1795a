using Slotwright.Core.Fencing;
using Slotwright.Core.Storage;

namespace Slotwright.Core.Tests.Fencing;

public sealed class OwnDataTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly SnapshotHead Head = new(80, "9.1.2", "a", 7, Noon, true, false) { Keys = 3 };

    private static readonly OwnData OfSnapshot = new(OwnDataKind.Snapshot, "a", 7) { Keys = 3 };

    private static readonly OwnData Switched = OfSnapshot with { IsSwitched = true };

    [Fact]
    public void Without_keys_it_is_empty()
    {
        Assert.Equal(OwnData.Empty, Of(null, null, false));
        Assert.Equal(OwnData.Empty, Of(null, null, true));
        Assert.Equal(OwnData.Empty, Of(Snapshot(0) with { Head = Head with { HasKeys = false } }, null, false));
    }

    [Fact]
    public void A_snapshot_is_a_moment_of_its_stream_also_as_the_beginning_of_append_only_files()
    {
        Assert.Equal(OfSnapshot, Of(Snapshot(0), null, false));
        Assert.Equal(Switched, Of(Snapshot(0), null, true));
        Assert.Equal(OfSnapshot, Of(Snapshot(0), null, true, before: true)); // its append-only files were lost
        Assert.Equal(Switched, Of(Snapshot(0), Files(1, written: false), true));
    }

    [Fact]
    public void Append_only_files_are_all_that_was_acknowledged() =>
        Assert.Equal(OwnData.Complete, Of(Snapshot(0), Files(1), true, before: true));

    /// <summary>They will be set aside, and the snapshot is what the server begins with.</summary>
    [Fact]
    public void Append_only_files_of_long_ago_do_not_count()
    {
        Assert.Equal(Switched, Of(Snapshot(9), Files(1), true, before: false));
        Assert.Equal(OfSnapshot, Of(Snapshot(9), Files(1), false));
    }

    [Fact]
    public void Append_only_files_that_will_be_saved_as_a_snapshot_count_also_where_that_was_cut_off()
    {
        var saved = Snapshot(9) with { Head = Head with { ReplicationId = null, ReplicationOffset = null } };

        Assert.Equal(OwnData.Complete, Of(Snapshot(0), Files(9), false, before: true));
        Assert.Equal(OwnData.Complete, OwnData.Of(new DiskContent(saved, null) { IsConverted = true }, false, true));
        Assert.Equal(OfSnapshot, OwnData.Of(new DiskContent(Snapshot(0), null) { IsConverted = true }, false, true));
    }

    private static OwnData Of(Snapshot? snapshot, AppendOnlyFiles? files, bool appendOnly, bool? before = null) =>
        OwnData.Of(new DiskContent(snapshot, files), appendOnly, before);

    private static Snapshot Snapshot(int minutes) =>
        new("/data/dump.rdb", Head with { Created = Noon.AddMinutes(minutes) }, null, Noon.AddMinutes(minutes));

    /// <param name="written">By clients, after the snapshot that they begin with.</param>
    private static AppendOnlyFiles Files(int minutes, bool written = true) =>
        new(
            "/data/appendonlydir",
            "/data/appendonlydir/appendonly.aof.manifest",
            [
                new AppendOnlyFile("base", AppendOnlyKind.Base, Head, null, false, Noon),
                new AppendOnlyFile("incr", AppendOnlyKind.Incremental, null, null, written, Noon.AddMinutes(minutes)),
            ],
            null,
            Noon.AddMinutes(minutes)
        );
}
