using Slotwright.Core.Configuration;
using Slotwright.Core.Storage;

namespace Slotwright.Core.Tests.Storage;

public sealed class StorageSettingsTests
{
    [Fact]
    public void What_is_not_set_is_as_the_server_has_it() =>
        Assert.Equal(new StorageSettings(".", false, "dump.rdb", "appendonlydir", "appendonly.aof"), Of(""));

    [Fact]
    public void What_comes_later_wins_and_quotes_are_none_of_it()
    {
        var settings = Of(
            """
            appendonly no
            dir /elsewhere
            AppendOnly YES
            dbfilename 'it\'s.rdb'
            appenddirname "a\x20b"
            dir "/data"
            """
        );
        Assert.Equal(new StorageSettings("/data", true, "it's.rdb", "a b", "appendonly.aof"), settings);
        Assert.Equal("/data/a b/appendonly.aof.manifest", settings.ManifestPath);
        Assert.Equal("/data/it's.rdb", settings.SnapshotPath);
    }

    private static StorageSettings Of(string text) => StorageSettings.Of(ConfigText.Parse(text));
}
