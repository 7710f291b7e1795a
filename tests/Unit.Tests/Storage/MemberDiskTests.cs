using Slotwright.Core.Storage;
using Slotwright.Local.Storage;

namespace Slotwright.Unit.Tests.Storage;

public sealed class MemberDiskTests : IDisposable
{
    private const string Empty = "524544495330303131ff0000000000000000";
    private const string WithKey = "524544495330303131fe00fb01000001610162ff0000000000000000";
    private const string Select = "2a320d0a24360d0a53454c4543540d0a24310d0a300d0a";

    private readonly string _folder = Directory.CreateTempSubdirectory("slotwright-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_empty_folder_has_nothing() => Assert.Equal(new DiskContent(null, null), Read());

    [Fact]
    public void A_snapshot_covers_what_was_written_before_it_began()
    {
        Write("dump.rdb", "524544495330303131fa056374696d65c28309056b" + WithKey[18..]);
        var snapshot = Read().Snapshot!;
        Assert.True(snapshot.HasData);
        Assert.Null(snapshot.Damage);
        var began = new DateTimeOffset(2026, 11, 24, 3, 50, 27, TimeSpan.Zero);
        File.SetLastWriteTimeUtc(snapshot.Path, began.AddMinutes(1).UtcDateTime);
        Assert.Equal(began, Read().Snapshot!.Covers);
        File.SetLastWriteTimeUtc(snapshot.Path, began.AddMinutes(-1).UtcDateTime); // a primary whose clock is ahead
        Assert.Equal(began.AddMinutes(-1), Read().Snapshot!.Covers);
    }

    [Fact]
    public void A_damaged_snapshot_may_be_data()
    {
        Write("dump.rdb", "00");
        Assert.True(Read().Snapshot is { HasData: true, Head: null, Damage: "it is cut off" });
    }

    [Theory]
    [InlineData(Empty, "", false)]
    [InlineData(WithKey, "", true)]
    [InlineData(Empty, Select, true)]
    [InlineData(Select, "", true)] // aof-use-rdb-preamble no
    [InlineData("", "", false)]
    [InlineData("52454449", "", true)] // damaged, so nobody knows
    [InlineData(null, "", false)]
    public void Append_only_files_have_data_by_their_base_or_their_commands(
        string? @base,
        string commands,
        bool expected
    )
    {
        Directory.CreateDirectory($"{_folder}/appendonlydir");
        Write("appendonlydir/appendonly.aof.manifest", null, AppendOnlyManifest.Of("appendonly.aof").Render());
        if (@base is not null)
        {
            Write("appendonlydir/appendonly.aof.1.base.rdb", @base);
        }
        Write("appendonlydir/appendonly.aof.1.incr.aof", commands);
        var files = Read().AppendOnly!;
        Assert.Equal(expected, files.HasData);
        Assert.Equal(@base is null, files.Files[0].IsMissing);
        Assert.Equal(expected, Read().HasData(appendOnly: true));
        Assert.False(Read().HasData(appendOnly: false));
    }

    [Fact]
    public void A_folder_without_a_manifest_is_none_for_the_server_too()
    {
        Directory.CreateDirectory($"{_folder}/appendonlydir");
        Write("appendonlydir/appendonly.aof.1.base.rdb", WithKey);
        Assert.Null(Read().AppendOnly);
    }

    [Fact]
    public void A_damaged_manifest_may_be_data()
    {
        Directory.CreateDirectory($"{_folder}/appendonlydir");
        Write("appendonlydir/appendonly.aof.manifest", null, "file");
        Assert.True(Read().AppendOnly is { HasData: true, Damage: "line 1 is not understood: file" });
    }

    [Theory]
    [InlineData(Empty, false)]
    [InlineData(Empty + Select, true)]
    [InlineData(Select, true)]
    public void The_one_file_of_old_servers_is_seen(string content, bool expected)
    {
        Write("appendonly.aof", content);
        Assert.True(Read().AppendOnly is { Manifest: null });
        Assert.Equal(expected, Read().AppendOnly!.HasData);
    }

    private DiskContent Read() => MemberDisk.Read(_folder, true, "dump.rdb", "appendonlydir", "appendonly.aof");

    private void Write(string name, string? hex, string text = "") =>
        File.WriteAllBytes(
            $"{_folder}/{name}",
            hex is null ? System.Text.Encoding.UTF8.GetBytes(text) : Convert.FromHexString(hex)
        );
}
