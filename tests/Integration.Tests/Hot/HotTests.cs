using System.Text.Json;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Hot;

/// <summary>What stands out is found, and what can't be told is said.</summary>
public sealed class HotTests
{
    private const string Fill = "for i=1,500 do redis.call('SET', KEYS[1]..i, i) end";

    public static TheoryData<string> Versions { get; } = [.. TestVersions.Wanted.Append("8.1").Distinct()];

    [Theory, MemberData(nameof(Versions))]
    public async Task The_biggest_key_and_the_fullest_slot_are_named(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        await cluster.AskAsync(0, "EVAL", Fill, "1", "{b}");
        await cluster.AskAsync(0, "SET", "{b}big", new string('x', 50_000));

        var said = await cluster.RunAsync("hot", "--top", "3", "--format", "json");

        Assert.True(said.ExitCode == ExitCode.Done, $"{said}");
        Assert.Equal("keys", said.Json.GetProperty("slotsBy").GetString());
        Assert.Equal((3300, 501), (First(said, "slots", "slot").GetInt32(), First(said, "slots", "keys").GetInt32()));
        Assert.Equal("{b}big", First(said, "biggestKeys", "key").GetString());
        Assert.InRange(First(said, "biggestKeys", "bytes").GetInt64(), 50_000, 80_000);
        Assert.Equal(3, said.Json.GetProperty("biggestKeys").GetArrayLength());
        Assert.Equal(501, First(said, "shards", "keysLookedAt").GetInt32());
        Assert.Empty(said.Json.GetProperty("mostUsedKeys").EnumerateArray());
        Assert.Equal(["slot-stats-off", "use-not-counted"], Notes(said));
    }

    [Fact]
    public async Task Only_so_many_keys_are_looked_at_and_that_is_said()
    {
        await using var cluster = await TestCluster.FormAsync();
        await cluster.AskAsync(0, "EVAL", Fill, "1", "{b}");

        var said = await cluster.RunAsync("hot", "--sample", "100");

        Assert.True(said.ExitCode == ExitCode.Done, $"{said}");
        Assert.Contains("biggest keys (100 of 500 looked at):", said.Output);
        Assert.Contains("maxmemory-policy is noeviction", said.Output);
    }

    [Fact]
    public async Task Under_an_LFU_policy_the_most_used_key_is_named_and_with_stats_the_busiest_slot()
    {
        await using var cluster = await TestCluster.FormAsync();
        for (var ordinal = 0; ordinal < 3; ordinal++)
        {
            await cluster.AskAsync(
                ordinal,
                "CONFIG",
                "SET",
                "maxmemory-policy",
                "allkeys-lfu",
                "cluster-slot-stats-enabled",
                "yes"
            );
        }
        await cluster.AskAsync(0, "EVAL", Fill, "1", "{b}");
        for (var i = 0; i < 3000; i++)
        {
            await cluster.AskAsync(0, "GET", "{b}77");
        }
        using var end = new CancellationTokenSource();
        var client = UseAsync(cluster, end.Token);

        var said = await cluster.RunAsync("hot", "--seconds", "2", "--format", "json");
        await end.CancelAsync();
        await client;

        Assert.True(said.ExitCode == ExitCode.Done, $"{said}");
        Assert.Equal("cpu", said.Json.GetProperty("slotsBy").GetString());
        Assert.Equal(15_495, First(said, "slots", "slot").GetInt32());
        Assert.InRange(First(said, "slots", "cpuMicroseconds").GetDouble(), 1, 1_000_000);
        Assert.Equal("{b}77", First(said, "mostUsedKeys", "key").GetString());
        Assert.Empty(Notes(said));
    }

    [Fact]
    public async Task A_shard_whose_ACL_denies_the_question_is_said_and_not_taken_for_one_that_does_not_count()
    {
        await using var cluster = await TestCluster.FormAsync();
        await cluster.AskAsync(0, "ACL", "SETUSER", "default", "-cluster|slot-stats");

        var said = await cluster.RunAsync("hot");

        Assert.Equal(ExitCode.Failed, said.ExitCode);
        Assert.Contains("no permissions to run the 'cluster|slot-stats' command", said.Output);
        Assert.Contains("give the user that right in the server's ACL", said.Output);
    }

    [Fact]
    public async Task A_shard_of_which_nobody_answers_is_said_and_the_others_are_told()
    {
        await using var cluster = await TestCluster.FormAsync();
        await cluster.AskAsync(0, "SET", "{b}1", "x");
        await cluster.KillAsync(cluster.Name(1));

        var said = await cluster.RunAsync("hot", "--format", "json");

        Assert.Equal(ExitCode.Failed, said.ExitCode);
        Assert.Contains("shard-not-read", Notes(said));
        Assert.Equal("{b}1", First(said, "biggestKeys", "key").GetString());
    }

    /// <summary>Slot 15495 is that of "a".</summary>
    private static async Task UseAsync(TestCluster cluster, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await cluster.AskAsync(2, "GET", "a");
        }
    }

    private static JsonElement First(ProgramResult said, string list, string field) =>
        said.Json.GetProperty(list)[0].GetProperty(field);

    private static IEnumerable<string?> Notes(ProgramResult said) =>
        said.Json.GetProperty("notes").EnumerateArray().Select(n => n.GetProperty("code").GetString());
}
