using Slotwright.Core.Storage;

namespace Slotwright.Core.Tests.Storage;

public sealed class AppendOnlyManifestTests
{
    [Fact]
    public void What_is_rendered_is_read_again()
    {
        var written = AppendOnlyManifest.Of("append only.aof");
        Assert.True(AppendOnlyManifest.TryParse(written.Render(), out var read, out _));
        Assert.Equal(written.Entries, read.Entries);
        Assert.Equal(
            """
            file "append only.aof.1.base.rdb" seq 1 type b
            file "append only.aof.1.incr.aof" seq 1 type i

            """,
            written.Render()
        );
    }

    [Fact]
    public void Names_in_quotes_comments_and_words_of_other_versions_are_understood()
    {
        const string Text = """
            # by some server
            file "a\x20b.aof.2.base.rdb" seq 2 type b
            file old.aof seq 1 type h
            file x.3.incr.aof seq 3 type i startoffset 7 endoffset 9
            """;
        Assert.True(AppendOnlyManifest.TryParse(Text, out var manifest, out _));
        Assert.Equal(
            [
                new("a b.aof.2.base.rdb", 2, AppendOnlyKind.Base),
                new("old.aof", 1, AppendOnlyKind.History),
                new("x.3.incr.aof", 3, AppendOnlyKind.Incremental),
            ],
            manifest.Entries
        );
    }

    [Theory]
    [InlineData("", "it names no file")]
    [InlineData("file a.aof seq 1 type b\nfile a.aof seq 1", "line 2 is not understood: file a.aof seq 1")]
    [InlineData("file ../a.aof seq 1 type b", "line 1 is not understood")]
    [InlineData("file a.aof seq x type b", "line 1 is not understood")]
    [InlineData("file a.aof seq 1 type z", "line 1 is not understood")]
    [InlineData("file \"a.aof seq 1 type b", "line 1 is not understood")]
    public void A_damaged_one_says_where(string text, string expected)
    {
        Assert.False(AppendOnlyManifest.TryParse(text, out _, out var damage));
        Assert.StartsWith(expected, damage, StringComparison.Ordinal);
    }
}
