using System.Text.Json;
using Slotwright.Core.Failures;
using Slotwright.Local.Hosting;
using Slotwright.Local.Processes;
using Slotwright.Local.State;

namespace Slotwright.Unit.Tests.Local;

public sealed class StateFilesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("slotwright-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_cluster_file_is_read_as_it_was_written()
    {
        var folder = new ClusterFolder("main", _root);
        var cluster = MemberConfigTests.Cluster("9.1.2") with
        {
            Network = "127.7.1",
            NextHost = 7,
            Settings = MemberConfigTests.Settings(("hz", "50")),
        };
        cluster.Write(folder);
        Assert.Equal(Json(cluster), Json(ClusterFile.Read(folder)));
        Assert.Single(Directory.GetFileSystemEntries(_root));
    }

    [Theory]
    [InlineData("", "can't be read: it is empty")]
    [InlineData("{", "can't be read: it is damaged or cut off in line 1")]
    [InlineData("{}", "has no known version")]
    [InlineData("""{"version":1}""", "can't be read")]
    [InlineData("""{"version":1,"name":null}""", "can't be read")]
    [InlineData("null", "has no known version")]
    [InlineData("""{"version":2}""", "newer")]
    public void A_cluster_file_that_can_not_be_used_is_refused_with_its_path(string text, string what)
    {
        var folder = new ClusterFolder("main", _root);
        File.WriteAllText(folder.Cluster, text);
        var failure = Assert.Throws<OperationFailedException>(() => ClusterFile.Read(folder));
        Assert.Contains(folder.Cluster, failure.Message, StringComparison.Ordinal);
        Assert.Contains(what, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("JSON", failure.Message, StringComparison.Ordinal);
        Assert.Contains("slotwright down --purge --name main", failure.Next, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_file_whose_parts_do_not_fit_together_is_refused()
    {
        var folder = new ClusterFolder("main", _root);
        (MemberConfigTests.Cluster("9.1.2") with { Members = 7 }).Write(folder);
        var failure = Assert.Throws<OperationFailedException>(() => ClusterFile.Read(folder));
        Assert.Contains("contradicts itself", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_that_is_gone_is_told_with_where_it_still_stands()
    {
        var folder = new ClusterFolder("main", _root);
        PasswordFile.Write(folder, "secret");
        Assert.Equal("secret", PasswordFile.Read(folder));
        File.Delete(folder.Password);
        var failure = Assert.Throws<OperationFailedException>(() => PasswordFile.Read(folder));
        Assert.Contains("auth.conf", failure.Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"version":2,"identity":null}""")]
    public void A_process_record_that_can_not_be_used_is_as_none(string text)
    {
        var folder = new MemberFolder("main-0", _root);
        Assert.Null(ProcessFile.Read(folder));
        File.WriteAllText(folder.Process, text);
        Assert.Null(ProcessFile.Read(folder));
    }

    [Fact]
    public void A_process_record_is_read_as_it_was_written()
    {
        var folder = new MemberFolder("main-0", _root);
        var record = new ProcessFile(1, new ProcessIdentity(4711, 42, "boot"), "9.1.2-aa", DateTimeOffset.UnixEpoch);
        record.Write(folder);
        Assert.Equal(record, ProcessFile.Read(folder));
    }

    [Fact]
    public void Passwords_are_random_and_long()
    {
        Assert.Equal(43, PasswordFile.Random().Length);
        Assert.NotEqual(PasswordFile.Random(), PasswordFile.Random());
    }

    [Theory]
    [InlineData("/h", "/x", "/u", "/h")]
    [InlineData(null, "/x", "/u", "/x/slotwright")]
    [InlineData("", "", "/u", "/u/.local/state/slotwright")]
    [InlineData(null, "relative", "/u", "/u/.local/state/slotwright")]
    public void State_lies_where_the_environment_says(string? own, string? xdg, string home, string path) =>
        Assert.Equal(
            path,
            StateRoot
                .From(name =>
                    name switch
                    {
                        "SLOTWRIGHT_HOME" => own,
                        "XDG_STATE_HOME" => xdg,
                        "HOME" => home,
                        _ => null,
                    }
                )
                .Path
        );

    [Fact]
    public void The_end_of_a_log_is_only_what_this_start_wrote()
    {
        var path = $"{_root}/log";
        File.WriteAllText(path, "old\n");
        var start = LogTail.Length(path);
        File.AppendAllText(path, "new 1\n\nnew 2\n");
        Assert.Equal("new 1|new 2", string.Join('|', LogTail.Read(path, start)));
        Assert.Empty(LogTail.Read($"{_root}/none", 0));
    }

    private static string Json(ClusterFile cluster) => JsonSerializer.Serialize(cluster, LocalJson.Default.ClusterFile);
}
