using Slotwright.Local.Fencing;

namespace Slotwright.Unit.Tests.Local;

public sealed class StreamsFileTests : IDisposable
{
    private static readonly string None = new('0', 40);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slotwright-streams-");

    private string File => Path.Combine(_folder.FullName, "streams");

    [Fact]
    public void Streams_are_noted_in_the_order_in_which_they_came()
    {
        StreamsFile.Note(File, None, "a");
        StreamsFile.Note(File, "a", "b");
        StreamsFile.Note(File, "a", "b");
        StreamsFile.Note(File, None, "d");

        Assert.Equal(["a", "b", "d"], StreamsFile.Read(File));
    }

    [Fact]
    public void The_one_before_is_noted_too_where_it_was_not_seen()
    {
        StreamsFile.Note(File, None, "a");
        StreamsFile.Note(File, "b", "c");

        Assert.Equal(["a", "b", "c"], StreamsFile.Read(File));
    }

    [Fact]
    public void The_oldest_go_when_there_are_many()
    {
        for (var i = 0; i < 100; i++)
        {
            StreamsFile.Note(File, None, $"s{i}");
        }

        Assert.Equal(Enumerable.Range(36, 64).Select(i => $"s{i}"), StreamsFile.Read(File));
    }

    [Fact]
    public void Where_there_is_none_none_is_known() => Assert.Empty(StreamsFile.Read(File));

    public void Dispose() => _folder.Delete(recursive: true);
}
