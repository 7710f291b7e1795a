using Slotwright.Core.Storage;

namespace Slotwright.Core.Tests.Storage;

public sealed class StorageSwitchTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly SnapshotHead WithKeys = new(80, "9.1.2", null, null, Noon, true, false);

    [Fact]
    public void Without_files_there_is_nothing_to_do()
    {
        Assert.Equal(StorageAction.Keep, On(null, null));
        Assert.Equal(StorageAction.Keep, Off(null, null));
    }

    [Fact]
    public void A_snapshot_alone_becomes_append_only_files_where_it_has_data()
    {
        Assert.Equal(StorageAction.MakeAppendOnly, On(Snapshot(0), null));
        Assert.Equal(StorageAction.MakeAppendOnly, On(Snapshot(0) with { Head = null, Damage = "cut off" }, null));
        Assert.Equal(StorageAction.Keep, On(Snapshot(0) with { Head = WithKeys with { HasKeys = false } }, null));
        Assert.Equal(StorageAction.Keep, Off(Snapshot(0), null));
    }

    [Theory]
    [InlineData(null, 0, 5, StorageAction.ReplaceAppendOnly)]
    [InlineData(false, 0, 5, StorageAction.ReplaceAppendOnly)]
    [InlineData(true, 0, 5, StorageAction.Keep)] // nothing was written for long, as on any quiet night
    [InlineData(null, 5, 0, StorageAction.Keep)]
    [InlineData(null, 0, 1, StorageAction.Keep)] // too close to tell
    public void Append_only_files_from_before_a_time_without_them_are_replaced(
        bool? before,
        int files,
        int snapshot,
        StorageAction expected
    ) => Assert.Equal(expected, On(Snapshot(snapshot), Files(files), before));

    [Theory]
    [InlineData(5, 0, StorageAction.SaveSnapshot)]
    [InlineData(0, 0, StorageAction.SaveSnapshot)]
    [InlineData(0, 5, StorageAction.SetAppendOnlyAside)]
    public void Append_only_files_that_are_newer_are_saved_as_a_snapshot(
        int files,
        int snapshot,
        StorageAction expected
    )
    {
        Assert.Equal(expected, Off(Snapshot(snapshot), Files(files), true));
        Assert.Equal(expected, Off(Snapshot(snapshot), Files(files), null));
        Assert.Equal(StorageAction.SaveSnapshot, Off(null, Files(files), true));
    }

    [Fact]
    public void Append_only_files_without_data_count_only_where_the_server_has_written_them()
    {
        var empty = Files(5) with { Files = [] };
        Assert.Equal(StorageAction.SetAppendOnlyAside, Off(Snapshot(0), empty, null));
        Assert.Equal(StorageAction.SaveSnapshot, Off(Snapshot(0), empty, true)); // somebody has deleted all keys
        Assert.Equal(StorageAction.Keep, On(null, empty, true));
    }

    [Theory]
    [InlineData(11, "8.0.1", true)]
    [InlineData(80, "8.1.1", false)]
    [InlineData(80, "9.1.2", true)]
    [InlineData(81, "9.1.2", false)]
    [InlineData(81, "9.2.0", true)]
    [InlineData(82, "9.2.0", false)]
    [InlineData(82, "9.3.0", true)] // nobody knows: it says itself
    [InlineData(12, "9.1.2", false)] // of Redis 7.4
    public void Formats_are_read_from_the_engine_on_that_brought_them(int format, string engine, bool expected) =>
        Assert.Equal(expected, RdbFormats.Reads(Version.Parse(engine), format));

    private static StorageAction On(Snapshot? snapshot, AppendOnlyFiles? files, bool? before = null) =>
        StorageSwitch.Decide(new DiskContent(snapshot, files), appendOnly: true, before).Action;

    private static StorageAction Off(Snapshot? snapshot, AppendOnlyFiles? files, bool? before = null) =>
        StorageSwitch.Decide(new DiskContent(snapshot, files), appendOnly: false, before).Action;

    private static Snapshot Snapshot(int seconds) =>
        new("dump.rdb", WithKeys with { Created = Noon.AddSeconds(seconds) }, null, Noon.AddSeconds(seconds + 60));

    private static AppendOnlyFiles Files(int seconds) =>
        new(
            "appendonlydir",
            "appendonlydir/appendonly.aof.manifest",
            [new("incr", AppendOnlyKind.Incremental, null, null, true, Noon.AddSeconds(seconds))],
            null,
            Noon.AddSeconds(seconds)
        );
}
