using System.Diagnostics;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Verify;

/// <summary>The same cluster, by its host and by its addresses.</summary>
public sealed class TargetTests(FormedCluster formed) : IClassFixture<FormedCluster>
{
    private readonly TestCluster _cluster = formed.Cluster;

    [Fact]
    public async Task From_one_seed_all_nodes_and_zones_are_found()
    {
        var verify = await VerifyAsync(await SeedAsync(3));
        Assert.True(verify.ExitCode == 0, verify.ToString());
        Assert.Contains("all 6 members answer", verify.Output);
        Assert.Contains("primaries: 1 in az-a, 1 in az-b, 1 in az-c", verify.Output);
        Assert.Contains("each of 3 shards has at least 1 in sync", verify.Output);
    }

    [Fact]
    public async Task Zones_come_from_a_file_where_there_is_one()
    {
        var topology = await _cluster.TopologyAsync();
        var lines = topology.Members.Values.Select(m => $"{m.Address}={(m.Ordinal < 3 ? "east" : "west")}");
        var file = Path.Combine(_cluster.Root, "zones");
        await File.WriteAllLinesAsync(file, ["# two data centres", "", .. lines]);
        var verify = await VerifyAsync(await SeedAsync(0), "--zones-file", file);
        Assert.Equal(2, verify.ExitCode);
        Assert.Contains("east: 3 of 3 primaries are in this zone, 2 would do", verify.Output);
        Assert.DoesNotContain("the zones file", verify.Output);

        await File.AppendAllLinesAsync(file, ["valkey-9=west"]);
        verify = await VerifyAsync(await SeedAsync(0), "--zones-file", file);
        Assert.Contains("warning  valkey-9: the zones file gives it a zone, and no node", verify.Output);
    }

    [Theory]
    [InlineData("0", 0, "replica-surplus")]
    [InlineData("1", 0, "")]
    [InlineData("2", 2, "replica-missing")]
    public async Task The_replicas_that_are_wanted_can_be_said(string wanted, int exitCode, string code)
    {
        var verify = await _cluster.RunAsync("verify", "--replicas-per-primary", wanted, "--format", "json");
        Assert.Equal(exitCode, verify.ExitCode);
        Assert.Contains(code, verify.Output);
        Assert.Equal(exitCode, (await VerifyAsync(await SeedAsync(0), "--replicas-per-primary", wanted)).ExitCode);
    }

    [Fact]
    public async Task A_wrong_password_is_said_to_be_one_and_nothing_is_judged()
    {
        var file = Path.Combine(_cluster.Root, "wrong");
        await File.WriteAllTextAsync(file, "not-the-password\n");
        foreach (var target in new[] { "local:valkey", await SeedAsync(0) })
        {
            var verify = await _cluster.RunAsync("verify", "--target", target, "--password-file", file);
            Assert.Equal(1, verify.ExitCode);
            Assert.Contains("the password of user 'default' was refused", verify.Error);
            Assert.Equal("", verify.Output);
            Assert.DoesNotContain("not-the-password", verify.Error);
        }
    }

    [Fact]
    public async Task Without_a_password_it_is_said_that_one_is_wanted()
    {
        var verify = await _cluster.RunAsync("verify", "--target", await SeedAsync(0));
        Assert.Equal(1, verify.ExitCode);
        Assert.Contains("the server wants a password, and none was given", verify.Error);
    }

    [Fact]
    public async Task The_password_is_asked_for_once_where_somebody_can_be_asked()
    {
        var password = (await _cluster.Host.GetCredentialsAsync(default))!.Password;
        var seeds = $"{await SeedAsync(0)},{(await _cluster.MemberAsync(1)).Address}";
        var asked = 0;
        var verify = await TestProgram.RunAsync(_cluster.Root, [], Type, default, "verify", "--target", seeds);
        Assert.True(verify.ExitCode == 0, verify.ToString());
        Assert.Equal(1, asked);
        Assert.Equal($"Password of {(await _cluster.MemberAsync(0)).Address}: \n", verify.Error);

        var known = new Dictionary<string, string>(StringComparer.Ordinal) { ["SLOTWRIGHT_PASSWORD"] = password };
        verify = await TestProgram.RunAsync(_cluster.Root, known, Type, default, "verify", "--target", seeds);
        Assert.Equal((0, ""), (verify.ExitCode, verify.Error));
        Assert.Equal(1, asked);

        string Type()
        {
            asked++;
            return password;
        }
    }

    [Fact]
    public async Task A_seed_that_tells_nothing_is_a_warning_and_a_line_of_the_map()
    {
        var nobody = await NobodyAsync(251);
        var seeds = $"{await SeedAsync(0)},{nobody}";
        var verify = await VerifyAsync(seeds);
        Assert.Equal(0, verify.ExitCode);
        Assert.Contains($"warning  {nobody}: ", verify.Output);
        Assert.Contains("can't be reached: connection refused", verify.Output);
        Assert.Contains("1 warning", verify.Output);
        string[] status = ["status", "--target", seeds, "--password-file", _cluster.Host.PasswordPath];
        Assert.Contains($"! {nobody}: ", (await _cluster.RunAsync(status)).Output);
        Assert.DoesNotContain("warning", (await VerifyAsync(await SeedAsync(0))).Output);
    }

    [Fact]
    public async Task Where_no_seed_answers_each_is_named_with_its_reason()
    {
        var (one, other) = (await NobodyAsync(251), await NobodyAsync(252));
        var verify = await VerifyAsync($"nodes:{one},{other}");
        Assert.Equal(1, verify.ExitCode);
        Assert.Contains($"{one}, {other}: can't be reached: connection refused", verify.Error);
        var address = (await _cluster.MemberAsync(0)).Address;
        verify = await _cluster.RunAsync("verify", "--target", $"nodes:{one},{address}");
        Assert.Contains($"{one}: can't be reached: connection refused; {address}: the server wants a", verify.Error);
    }

    [Fact]
    public async Task A_member_that_runs_a_script_is_busy_until_that_is_killed()
    {
        var member = await _cluster.MemberAsync(5);
        var script = _cluster.AskAsync(member, "EVAL_RO", "while true do end", "0");
        try
        {
            ProgramResult? verify = null;
            Assert.True(
                await TestCluster.BecomesAsync(async () =>
                {
                    verify = await _cluster.RunAsync("verify");
                    return verify.Output.Contains("it is busy with a script", StringComparison.Ordinal);
                }),
                verify?.ToString()
            );
            Assert.Equal(2, verify!.ExitCode);
            Assert.Contains($"slotwright exec --on {member.Name} -- SCRIPT KILL", verify.Output);
        }
        finally
        {
            var kill = await _cluster.RunAsync("exec", "--on", member.Name, "--", "SCRIPT", "KILL");
            Assert.Equal("OK\n", kill.Output);
            await Assert.ThrowsAsync<Core.Failures.OperationFailedException>(() => script);
        }
    }

    [Fact]
    public async Task A_seed_that_hangs_does_not_keep_the_others_from_answering()
    {
        var seeds = $"{await SeedAsync(4)},{(await _cluster.MemberAsync(0)).Address}";
        await _cluster.Host.PauseAsync("valkey-4", default);
        try
        {
            var clock = Stopwatch.StartNew();
            var verify = await VerifyAsync(seeds);
            Assert.Equal(2, verify.ExitCode);
            Assert.Contains($"{(await _cluster.MemberAsync(4)).Address}: no answer within 2 s", verify.Output);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"it took {clock.Elapsed}");

            var alone = await VerifyAsync(await SeedAsync(4));
            Assert.Equal(1, alone.ExitCode);
            Assert.Contains("no answer within 2 s", alone.Error);
        }
        finally
        {
            await _cluster.Host.ResumeAsync("valkey-4", default);
        }
    }

    [Fact]
    public async Task Nobody_at_the_address_is_a_failure_and_no_finding()
    {
        var verify = await VerifyAsync($"nodes:{await NobodyAsync(251)}");
        Assert.Equal(1, verify.ExitCode);
        Assert.Contains("connection refused", verify.Error);
    }

    [Fact]
    public async Task Status_has_every_node_with_its_role_zone_and_slots()
    {
        var status = await _cluster.RunAsync("status", "--format", "json");
        Assert.Equal(0, status.ExitCode);
        var nodes = status.Json.GetProperty("nodes").EnumerateArray().ToArray();
        Assert.Equal(
            ["valkey-0", "valkey-1", "valkey-2", "valkey-3", "valkey-4", "valkey-5"],
            nodes.Select(n => n.GetProperty("member").GetString()!)
        );
        Assert.Equal("primary az-a 0-5460", Text(nodes[0]));
        Assert.All(nodes.Skip(3), n => Assert.StartsWith("replica az-", Text(n)));
        Assert.All(nodes, n => Assert.Equal(40, n.GetProperty("id").GetString()!.Length));

        static string Text(System.Text.Json.JsonElement node) =>
            string.Join(' ', new[] { "role", "zone", "slots" }.Select(p => node.GetProperty(p).GetString()));
    }

    /// <summary>An address of the cluster's network where nobody listens.</summary>
    private async Task<string> NobodyAsync(int host)
    {
        var network = (await _cluster.MemberAsync(0)).Address.Host;
        return $"{network[..network.LastIndexOf('.')]}.{host}:6379";
    }

    private async Task<string> SeedAsync(int ordinal) => $"nodes:{(await _cluster.MemberAsync(ordinal)).Address}";

    private Task<ProgramResult> VerifyAsync(string target, params string[] arguments) =>
        _cluster.RunAsync(["verify", "--target", target, "--password-file", _cluster.Host.PasswordPath, .. arguments]);
}
