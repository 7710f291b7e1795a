using System.Text.Json;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.CommandLine;

/// <summary>Input that can't be used: exit code 64, the reason on standard error, nothing on standard output.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("", "command was not provided")]
    [InlineData("frob", "'frob'")]
    [InlineData("--frob", "'--frob'")]
    [InlineData("status extra", "'extra'")]
    [InlineData("status --format", "--format")]
    [InlineData("status --format xml", "'xml'")]
    [InlineData("status --name", "--name")]
    [InlineData("status --name UPPER", "'UPPER' can't name a cluster")]
    [InlineData("status --name ../etc", "'../etc' can't name a cluster")]
    [InlineData("status --target", "--target")]
    [InlineData("status --target frob", "'frob' is no target")]
    [InlineData("status --target local:", "'local:' is no target")]
    [InlineData("status --target nodes:", "'nodes:' is no target")]
    [InlineData("status --target nodes:a", "'a' is not an address")]
    [InlineData("status --target nodes:a:1,b:0,c:99999", "'b:0' is not an address")]
    [InlineData("status --target k8s:a", "'k8s:a' names no release")]
    [InlineData("status --target k8s:a/b/c", "'k8s:a/b/c' names no release")]
    [InlineData("status --target k8s:A/b", "'k8s:A/b' names no release")]
    [InlineData("status --context c", "--context: it is for k8s: targets")]
    [InlineData("status --target nodes:h:1 --kubeconfig f", "--kubeconfig: it is for k8s: targets")]
    [InlineData("status --target k8s:a/b --kubeconfig /nonexistent/f", "there is no file /nonexistent/f")]
    [InlineData("status --target k8s:a/b", "kubeconfig: there is none")]
    [InlineData("status --target local:a --name b", "different clusters")]
    [InlineData("status --name a --name b", "--name")]
    [InlineData("status --name valkey", "there is no local cluster 'valkey'")]
    [InlineData("status --password-file /nonexistent --target nodes:127.0.0.1:1", "--password-file")]
    [InlineData("status --zones-file /nonexistent --target nodes:127.0.0.1:1", "--zones-file")]
    [InlineData("status --yes=perhaps", "perhaps")]
    [InlineData("status --watch --interval", "--interval")]
    [InlineData("status --interval 5", "'5' is no duration; write a number and its unit")]
    [InlineData("status --interval 0s", "0s can't be used; use 100ms to")]
    [InlineData("status --interval -5s", "'-5s' is no duration")]
    [InlineData("status --interval 99999d", "'99999d' is no duration")]
    [InlineData("status --interval 1d", "1d can't be used")]
    [InlineData("exec", "'COMMAND' missing")]
    [InlineData("exec --on all", "'COMMAND' missing")]
    [InlineData("exec --on", "--on")]
    [InlineData("exec --on a --on b -- PING", "--on")]
    [InlineData("exec --timeout", "--timeout")]
    [InlineData("exec --timeout soon -- PING", "'soon' is no duration")]
    [InlineData("exec --timeout 0 -- PING", "0 can't be used; use 1ms to 1d")]
    [InlineData("exec --timeout -1s -- PING", "'-1s' is no duration")]
    [InlineData("exec --timeout 2d -- PING", "2d can't be used")]
    [InlineData("exec --timeout 99999999999999999999d -- PING", "is no duration")]
    [InlineData("exec -- SUBSCRIBE news", "SUBSCRIBE does not have one reply")]
    [InlineData("exec -- client reply off", "CLIENT REPLY does not have one reply")]
    [InlineData("exec -- PING", "there is no local cluster 'valkey'")]
    [InlineData("exec --name other -- PING", "there is no local cluster 'other'")]
    [InlineData("slot", "'KEY' missing")]
    [InlineData("status", "local:valkey: there is no local cluster 'valkey'")]
    [InlineData("down", "local:valkey: there is no local cluster 'valkey'")]
    [InlineData("status --target local:nope", "--target: there is no local cluster 'nope'")]
    [InlineData("status --target local:NOPE", "--target: 'NOPE' can't name a cluster")]
    [InlineData("status --zones-file /dev/null", "--zones-file: it is for nodes: targets")]
    [InlineData("valkey install 3.0", "--valkey PATH")]
    [InlineData("slot --name other foo", "there is no local cluster 'other'")]
    [InlineData("local", "command was not provided")]
    [InlineData("local frob", "'frob'")]
    [InlineData("local list extra", "'extra'")]
    [InlineData("local kill", "'MEMBER' missing")]
    [InlineData("local pause", "'MEMBER' missing")]
    [InlineData("local resume", "'MEMBER' missing")]
    [InlineData("local start", "'MEMBER' missing")]
    [InlineData("local kill all", "there is no local cluster 'valkey'")]
    [InlineData("local restart", "there is no local cluster 'valkey'")]
    [InlineData("rebalance --by weight", "'weight'")]
    [InlineData("rebalance --by keys --enable-slot-stats", "--enable-slot-stats: it is for --by cpu and --by network")]
    [InlineData("rebalance --enable-slot-stats", "--enable-slot-stats: it is for --by cpu and --by network")]
    [InlineData("rebalance --by cpu --enable-slot-stats --dry-run", "and --dry-run nothing: give one of them")]
    [InlineData("rebalance --by cpu --seconds 0", "--seconds: '0' can't be used; use a whole number, 1 to 300")]
    [InlineData("rebalance --threshold x", "--threshold: 'x' can't be used")]
    [InlineData("hot --top 0", "--top: '0' can't be used; use a whole number, 1 to 100")]
    [InlineData("hot --top 101", "--top: '101' can't be used")]
    [InlineData("hot --sample 0", "--sample: '0' can't be used; use a whole number, 1 to 1000000")]
    [InlineData("hot --seconds 1.5", "--seconds: '1.5' can't be used; use a whole number, 1 to 300")]
    [InlineData("hot", "there is no local cluster 'valkey'")]
    [InlineData("load --rate", "--rate")]
    [InlineData("load --rate much", "--rate: 'much' can't be used; use a whole number, 1 to 1000000")]
    [InlineData("load --rate 0", "--rate: '0' can't be used")]
    [InlineData("load --rate -5", "--rate: '-5' can't be used")]
    [InlineData("load --rate 99999999999999999999", "can't be used")]
    [InlineData("load --duration 5", "'5' is no duration")]
    [InlineData("load --duration 0s", "0s can't be used; use 100ms to 1d")]
    [InlineData("load --duration 2d", "2d can't be used")]
    [InlineData("load --clients 0", "--clients: '0' can't be used")]
    [InlineData("load --clients 1.5", "--clients: '1.5' can't be used")]
    [InlineData("load --pipeline 1001", "--pipeline: '1001' can't be used; use a whole number, 1 to 1000")]
    [InlineData("load --clients 1000 --pipeline 1000", "--clients, --pipeline: 1000 times 1000 can't be used")]
    [InlineData("load --value-size 15", "--value-size: '15' can't be used; use a whole number, 16 to 65536")]
    [InlineData("load --wait -1", "--wait: '-1' can't be used")]
    [InlineData("load --wait all", "--wait: 'all' can't be used")]
    [InlineData("load --max-failed -1", "--max-failed: '-1' can't be used")]
    [InlineData("load --max-gap 0s", "0s can't be used; use 1ms to")]
    [InlineData("load --max-gap long", "'long' is no duration")]
    [InlineData("load --max-lost none", "--max-lost: 'none' can't be used")]
    [InlineData("load --max-lost 1 --max-lost 2", "--max-lost")]
    [InlineData("load now", "'now'")]
    [InlineData("load", "there is no local cluster 'valkey'")]
    [InlineData("valkey", "command was not provided")]
    [InlineData("valkey install", "'VERSION' missing")]
    [InlineData("valkey install 9.1 8.1", "'8.1'")]
    [InlineData("valkey install frob", "'frob' is no version")]
    [InlineData("valkey install 0", "'0' is no version")]
    [InlineData("valkey install -1", "'-1' is no version")]
    [InlineData("valkey install 99999999999.1", "is no version")]
    [InlineData("valkey install 3.2", "3.2 is not on this machine")]
    [InlineData("completion", "missing")]
    [InlineData("completion fish", "'fish'")]
    [InlineData("complete", "'LINE' missing")]
    [InlineData("@frob", "'@frob'")]
    [InlineData("up --base-port 0", "0 can't be used: ports below 1024")]
    [InlineData("up --base-port many", "--base-port: 'many' can't be used; use a whole number")]
    [InlineData("up --valkey 6.2", "--valkey: 6.2 is not on this machine")]
    [InlineData(
        "verify --password-file /nonexistent --target nodes:127.0.0.1:1",
        "--password-file: there is no file /nonexistent; name a"
    )]
    [InlineData("status --zones-file /tmp --target nodes:127.0.0.1:1", "--zones-file: /tmp is a folder; name a")]
    public async Task What_can_not_be_used_is_said(string line, string expected)
    {
        var run = await TestProgram.RunAsync(Words(line));

        Assert.Contains(expected, run.Error);
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.DoesNotContain("should not have happened", run.Error);
    }

    [Theory]
    [InlineData("frob")]
    [InlineData("local frob")]
    public async Task A_word_that_is_no_command_is_all_that_is_told(string line)
    {
        var run = await TestProgram.RunAsync(Words(line));
        Assert.DoesNotContain("was not provided", run.Error);
    }

    [Theory]
    [InlineData("frob")]
    [InlineData("exec --timeout soon -- PING")]
    [InlineData("status --name UPPER")]
    public async Task A_program_gets_it_as_a_document(string line)
    {
        var run = await TestProgram.RunAsync([
            .. Words(line).TakeWhile(w => w != "--"),
            "--format",
            "json",
            .. Words(line).SkipWhile(w => w != "--"),
        ]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal("usage", document.RootElement.GetProperty("error").GetString());
        Assert.NotEmpty(document.RootElement.GetProperty("message").GetString()!);
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public async Task The_environment_names_the_target_and_is_blamed_for_it()
    {
        var run = await TestProgram.RunAsync(
            new FakeTerminal(),
            new() { ["SLOTWRIGHT_TARGET"] = "frob" },
            "exec",
            "--",
            "PING"
        );
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("SLOTWRIGHT_TARGET: 'frob' is no target", run.Error);
    }

    [Theory]
    [InlineData("local kill all")]
    [InlineData("local pause all")]
    [InlineData("local resume all")]
    [InlineData("local start all")]
    [InlineData("local restart")]
    public async Task What_needs_a_host_is_refused_where_there_is_none(string line)
    {
        var run = await TestProgram.RunAsync([.. Words(line), "--target", "nodes:127.0.0.1:1"]);
        Assert.Equal((ExitCode.Refused, ""), (run.ExitCode, run.Output));
        Assert.Contains("needs a host", run.Error);
    }

    [Fact]
    public async Task Nobody_at_an_address_is_a_failure_of_the_world()
    {
        var run = await TestProgram.RunAsync("exec", "--target", "nodes:127.0.0.1:1", "--", "PING");
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Output));
        Assert.Contains("127.0.0.1:1", run.Error);
    }

    internal static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
