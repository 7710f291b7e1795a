using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;

namespace Slotwright.Integration.Tests.Bootstrap;

/// <summary>What is changed for the time of forming is put back, whatever happens.</summary>
public sealed class SettingsTests
{
    private static readonly string[] Names =
    [
        "cluster-node-timeout",
        "cluster-ping-interval",
        "repl-diskless-sync-delay",
    ];

    [Fact]
    public async Task Forming_leaves_every_setting_as_it_was_configured_also_where_it_fails()
    {
        await using var cluster = await TestCluster.StartAsync();
        var before = await SettingsAsync(cluster);
        var during = new List<string>();
        var options = new BootstrapOptions
        {
            Hooks = new RunHooks
            {
                AfterStep = async (step, _) =>
                {
                    if (step is Core.Planning.Steps.Meet)
                    {
                        during.AddRange(await SettingsAsync(cluster));
                        throw new StoppedHereException();
                    }
                },
            },
        };

        await Assert.ThrowsAsync<StoppedHereException>(() => cluster.BootstrapAsync(options));

        Assert.Equal(before, await SettingsAsync(cluster));
        Assert.NotEqual(before, during.Take(before.Length));
        await cluster.BootstrapAgainAsync();
        Assert.Equal(before, await SettingsAsync(cluster));
    }

    [Fact]
    public async Task What_a_killed_bootstrap_left_behind_is_found_by_verify_and_put_back_by_the_next()
    {
        await using var cluster = await TestCluster.FormAsync();
        var healthy = await cluster.RunAsync("verify");
        Assert.Equal(0, healthy.ExitCode);
        Assert.DoesNotContain("setting-left-behind", healthy.Output + healthy.Error);

        await cluster.AskAsync(1, "CONFIG", "SET", "cluster-node-timeout", "500");
        await cluster.AskAsync(4, "CONFIG", "SET", "repl-diskless-sync-delay", "0");

        var left = await cluster.RunAsync("verify", "--format", "json");
        Assert.Equal(2, left.ExitCode);
        Assert.Equal(
            ["valkey-1", "valkey-4"],
            left.Json.GetProperty("checks")
                .EnumerateArray()
                .Where(c => c.GetProperty("code").GetString() == "setting-left-behind")
                .Select(c => c.GetProperty("subject").GetString()!)
        );

        var again = await cluster.RunAsync("bootstrap");
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("valkey-1: cluster-node-timeout was 500, is 15000 again", again.Output);
        Assert.Contains("valkey-4: repl-diskless-sync-delay was 0, is 5 again", again.Output);
        Assert.Equal(0, (await cluster.RunAsync("verify")).ExitCode);
    }

    [Fact]
    public async Task A_short_node_timeout_that_was_left_behind_is_gone_before_the_nodes_meet()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.AskAsync(2, "CONFIG", "SET", "cluster-node-timeout", "500");
        string? whenMeeting = null;
        var options = new BootstrapOptions
        {
            Hooks = new RunHooks
            {
                AfterStep = async (step, ct) =>
                {
                    if (step is Core.Planning.Steps.Meet)
                    {
                        var connection = await cluster.Session.ConnectAsync(await cluster.MemberAsync(2), ct);
                        whenMeeting ??= await connection.ConfigGetAsync("cluster-node-timeout", ct);
                    }
                },
            },
        };

        var report = await cluster.BootstrapAsync(options);

        Assert.Equal("15000", whenMeeting);
        Assert.Equal(["valkey-2: cluster-node-timeout was 500, is 15000 again"], report.Restored);
    }

    private static async Task<string[]> SettingsAsync(TestCluster cluster)
    {
        var values = new List<string>();
        foreach (var member in await cluster.Host.ListMembersAsync(default))
        {
            var connection = await cluster.Session.ConnectAsync(member, default);
            foreach (var name in Names)
            {
                values.Add($"{member.Name} {name} {await connection.ConfigGetAsync(name, default)}");
            }
        }
        return [.. values];
    }
}
