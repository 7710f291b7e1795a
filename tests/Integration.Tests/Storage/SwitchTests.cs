using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Storage;

/// <summary>appendonly is switched on and off by values, in a pod.</summary>
public sealed class SwitchTests
{
    private const string Library = "#!lua name=lib\nserver.register_function('f', function() return 7 end)";

    public static TheoryData<string, bool> VersionsAndKills { get; } =
        new MatrixTheoryData<string, bool>(TestVersions.Wanted, [false, true]);

    [Theory, MemberData(nameof(VersionsAndKills))]
    public async Task On_off_and_on_again_finds_every_key_with_its_time_and_all_functions(string version, bool kill)
    {
        await using var lone = await LonePod.StartAsync(version, appendOnly: true);
        await lone.SetAsync("a", "b");
        await lone.OkAsync("SET", "t", "1", "PXAT", "4000000000000");
        await lone.OkAsync("HSET", "h", "field", "1");
        await lone.OkAsync("FUNCTION", "LOAD", Library);

        await lone.SwitchAsync(appendOnly: false, kill);
        Assert.Equal(["a", "b", "h", "t"], await lone.KeysAsync());
        Assert.Single(lone.Aside());
        await lone.SetAsync("c");
        await lone.OkAsync("DEL", "a");
        if (kill)
        {
            await lone.OkAsync("SAVE");
        }

        await lone.SwitchAsync(appendOnly: true, kill);
        Assert.Equal(["b", "c", "h", "t"], await lone.KeysAsync());
        await lone.SetAsync("d");

        await lone.SwitchAsync(appendOnly: true, kill); // as it is now
        await lone.SwitchAsync(appendOnly: false, kill);
        Assert.Equal(["b", "c", "d", "h", "t"], await lone.KeysAsync());
        Assert.Equal("4000000000000", await lone.AskAsync("PEXPIRETIME", "t"));
        Assert.Equal("7", await lone.AskAsync("FCALL", "f", "0"));
        Assert.Equal(2, lone.Aside().Length);
        Assert.DoesNotContain(
            Directory.GetFiles(lone.Pod.PathOf("run/slotwright")),
            file => file.Contains("converting.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Without_the_guard_a_snapshot_is_not_loaded_and_old_append_only_files_are()
    {
        await using var lone = await LonePod.StartAsync(TestVersions.Default, appendOnly: false);
        await lone.OkAsync("SET", "a", "old");
        await lone.EndAsync(kill: false);
        await StartServerAsync(lone, appendOnly: true);
        Assert.Empty(await lone.KeysAsync());
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Append_only_files_from_before_a_time_without_them_never_come_back(string version)
    {
        await using var lone = await LonePod.StartAsync(version, appendOnly: true);
        await lone.OkAsync("SET", "a", "old");
        await lone.EndAsync(kill: false);
        File.Delete(lone.Pod.PathOf("data/last-start")); // as if no guard had ever been there
        var files = lone.Pod.PathOf("data/appendonlydir");
        foreach (var file in Directory.GetFiles(files))
        {
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(-5));
        }
        await StartServerAsync(lone, appendOnly: false);
        await lone.OkAsync("SET", "a", "new");
        await lone.EndAsync(kill: false);
        Assert.True(Directory.Exists(files));

        await StartServerAsync(lone, appendOnly: true);
        Assert.Equal("old", await lone.AskAsync("GET", "a")); // the harm
        await lone.SwitchAsync(appendOnly: true, kill: true);
        Assert.Equal("new", await lone.AskAsync("GET", "a"));
        Assert.Single(lone.Aside());
    }

    [Fact]
    public async Task Killed_at_any_moment_the_next_start_finishes()
    {
        await using var lone = await LonePod.StartAsync(TestVersions.Default, appendOnly: true);
        await lone.OkAsync("EVAL", "for i=1,20000 do redis.call('SET', '{k}'..i, i) end", "1", "{k}");
        await lone.EndAsync(kill: false);
        var appendOnly = false;
        for (var round = 0; round < 24; round++)
        {
            lone.Values(appendOnly);
            Assert.Equal(0, (await lone.Pod.RunAsync("init")).ExitCode);
            await KilledAfterAsync(lone, TimeSpan.FromMilliseconds(100 + (round % 12 * 40)));
            if (round % 12 == 11)
            {
                await lone.StartAsync();
                Assert.Equal("20000", await lone.AskAsync("DBSIZE"));
                await lone.EndAsync(kill: false);
                appendOnly = !appendOnly;
            }
        }
        Assert.Empty(Directory.GetDirectories(lone.Pod.PathOf("data"), "*.making"));
    }

    [Fact]
    public async Task Append_only_files_that_can_not_be_loaded_are_named_and_stay()
    {
        await using var lone = await LonePod.StartAsync(TestVersions.Default, appendOnly: true);
        await lone.SetAsync("a", "b");
        await lone.EndAsync(kill: false);
        var incr = Directory.GetFiles(lone.Pod.PathOf("data/appendonlydir"), "*.incr.aof").Single();
        var bytes = await File.ReadAllBytesAsync(incr);
        bytes[0] ^= 0xff;
        await File.WriteAllBytesAsync(incr, bytes);
        lone.Values(appendOnly: false);

        Assert.Equal(0, (await lone.Pod.RunAsync("init")).ExitCode);
        lone.Pod.Start(); // a process of its own: where it succeeds, it becomes the server
        Assert.True(await TestCluster.BecomesAsync(() => Task.FromResult(lone.Pod.HasEnded)), lone.Pod.Log);

        Assert.Equal(1, await lone.Pod.EndAsync());
        Assert.Contains("appendonly.aof.manifest can't be loaded", lone.Pod.Log, StringComparison.Ordinal);
        Assert.Contains("valkey-check-aof", lone.Pod.Log, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(incr));
        Assert.Empty(lone.Aside());
        Assert.False(File.Exists(lone.Pod.PathOf("run/slotwright/preparing")));
    }

    [Fact]
    public async Task What_takes_its_time_is_no_reason_to_end_the_container()
    {
        await using var lone = await LonePod.StartAsync(TestVersions.Default, appendOnly: true);
        await lone.EndAsync(kill: false);
        Assert.Equal(1, (await lone.Pod.RunAsync("probe", "liveness")).ExitCode);
        lone.Pod.Write("run/slotwright/preparing", "its files are being saved");
        var probe = await lone.Pod.RunAsync("probe", "liveness");
        Assert.Equal(0, probe.ExitCode);
        Assert.Contains("its files are being saved", probe.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await lone.Pod.RunAsync("probe", "readiness")).ExitCode);
    }

    /// <summary>The server alone, without what start looks at.</summary>
    private static async Task StartServerAsync(LonePod lone, bool appendOnly)
    {
        lone.Values(appendOnly);
        Assert.Equal(0, (await lone.Pod.RunAsync("init")).ExitCode);
        lone.Pod.Start(guards: false);
        Assert.True(await TestCluster.BecomesAsync(lone.AnswersAsync), lone.Pod.Log);
    }

    private static async Task KilledAfterAsync(LonePod lone, TimeSpan moment)
    {
        lone.Pod.Start();
        var start = TimeProvider.System.GetTimestamp();
        Assert.True(
            await TestCluster.BecomesAsync(() => Task.FromResult(TimeProvider.System.GetElapsedTime(start) >= moment))
        );
        await lone.Pod.KillAsync();
    }
}
