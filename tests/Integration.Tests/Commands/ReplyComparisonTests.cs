using System.Text;
using System.Text.RegularExpressions;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Commands;

/// <summary>exec prints what valkey-cli prints: the real one is asked the same of the same node.</summary>
public sealed partial class ReplyComparisonTests(FormedClusters clusters) : IClassFixture<FormedClusters>
{
    private static readonly string[][] Setup =
    [
        ["SET", "{t}text", "a \"quoted\" \\ line\r\n\tand another"],
        ["SET", "{t}empty", ""],
        ["SET", "{t}utf8", "grün"],
        ["SET", "{t}number", "41"],
        ["RPUSH", "{t}list", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"],
        ["HSET", "{t}hash", "f", "v", "g", "w"],
        ["ZADD", "{t}zset", "1.5", "a", "-inf", "b"],
        ["XADD", "{t}stream", "1-1", "k", "v", "l", "w"],
        ["XADD", "{t}stream", "2-1", "k", "v"],
        ["GEOADD", "{t}geo", "13.361389", "38.115556", "Palermo"],
        ["SETBIT", "{t}bits", "7", "1"],
    ];

    /// <summary>Their replies do not change from one moment to the next.</summary>
    private static readonly string[][] Same =
    [
        ["PING"],
        ["PING", "a b"],
        ["ECHO", ""],
        ["GET", "{t}text"],
        ["GET", "{t}empty"],
        ["GET", "{t}utf8"],
        ["GET", "{t}none"],
        ["get", "{t}list"],
        ["GET"],
        ["GET", "a", "b"],
        ["FROB", "it"],
        ["INCRBY", "{t}number", "0"],
        ["STRLEN", "{t}text"],
        ["LRANGE", "{t}list", "0", "-1"],
        ["LRANGE", "{t}none", "0", "-1"],
        ["HGETALL", "{t}hash"],
        ["ZRANGE", "{t}zset", "0", "-1", "WITHSCORES"],
        ["ZSCORE", "{t}zset", "a"],
        ["ZMSCORE", "{t}zset", "a", "none"],
        ["XRANGE", "{t}stream", "-", "+"],
        ["XREAD", "COUNT", "5", "STREAMS", "{t}stream", "0"],
        ["XINFO", "STREAM", "{t}stream"],
        ["GEOPOS", "{t}geo", "Palermo", "none"],
        ["GETRANGE", "{t}bits", "0", "-1"],
        ["DUMP", "{t}bits"],
        ["MGET", "{t}text", "{t}none"],
        ["OBJECT", "HELP"],
        ["OBJECT", "ENCODING", "{t}list"],
        ["EVAL", "return {1, 'two', {3, {}, false}, {ok='fine'}, {err='ERR bad'}}", "0"],
        ["EVAL", "return {err='My own'}", "0"],
        ["EVAL", "return 1.9", "0"],
        ["EVAL", "return {{{{'deep'}}}}", "0"],
        ["COMMAND", "INFO", "GET", "frob"],
        ["COMMAND", "GETKEYS", "MSET", "a", "1", "b", "2"],
        ["CONFIG", "GET", "cluster-*"],
        ["CLUSTER", "SLOTS"],
        ["CLUSTER", "MYID"],
        ["CLUSTER", "KEYSLOT", "{t}"],
        ["CLUSTER", "COUNTKEYSINSLOT", "99999"],
        ["SCRIPT", "EXISTS", "0000"],
        ["MEMORY", "DOCTOR"],
        ["LATENCY", "DOCTOR"],
        ["LATENCY", "HISTORY", "command"],
        ["LATENCY", "GRAPH", "frob"],
        ["ACL", "WHOAMI"],
        ["ACL", "CAT"],
        ["SLOWLOG", "LEN"],
        ["WAIT", "0", "1"],
        ["SELECT", "0"],
    ];

    /// <summary>Their replies tell of time and load: all but the digits is compared.</summary>
    private static readonly string[][] Volatile =
    [
        ["TIME"],
        ["INFO", "server"],
        ["INFO", "replication"],
        ["CLUSTER", "NODES"],
        ["CLUSTER", "INFO"],
        ["MEMORY", "STATS"],
        ["LOLWUT", "VERSION", "0"],
    ];

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Every_kind_of_reply_is_printed_as_valkey_cli_prints_it(string version)
    {
        var formed = await clusters.OfAsync(version);
        var owner = (await formed.RunAsync("slot", "{t}", "--format", "json")).Json.GetProperty("keys")[0];
        var member = owner.GetProperty("member").GetString()!;
        foreach (var words in Setup)
        {
            await formed.Cluster.AskAsync(member, words);
        }

        var differences = new List<string>();
        foreach (var words in Same.Concat(Volatile))
        {
            foreach (var (option, mode) in new[] { ("--no-raw", Array.Empty<string>()), ("--raw", ["--raw"]) })
            {
                var theirs = await ValkeyCliAsync(formed, member, option, words);
                var ours = (await formed.RunAsync(["exec", .. mode, "--on", member, "--", .. words])).Output;
                var isVolatile = Volatile.Contains(words);
                if (!string.Equals(Plain(theirs, isVolatile), Plain(ours, isVolatile), StringComparison.Ordinal))
                {
                    differences.Add($"{string.Join(' ', words)} ({option})\n{theirs}--- exec:\n{ours}");
                }
            }
        }
        Assert.True(differences.Count == 0, string.Join("\n===\n", differences));
    }

    private static string Plain(string text, bool isVolatile) => isVolatile ? Changing().Replace(text, "0") : text;

    /// <summary>For bash, whatever it holds.</summary>
    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static async Task<string> ValkeyCliAsync(FormedCluster formed, string member, string option, string[] words)
    {
        var address = (await formed.MemberAsync(member)).Address;
        var password = (await formed.Cluster.Host.GetCredentialsAsync(default))!.Password;
        var cli = (await TestServers.Of(formed.Version)).Cli!;
        var command = string.Join(' ', words.Select(Quote));
        var run = await Shell.RunAsync(
            "bash",
            formed.Cluster.Root,
            $"{Quote(cli)} {option} -h {address.Host} -p {address.Port} {command}",
            ("REDISCLI_AUTH", password)
        );
        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(run.Output));
    }

    [GeneratedRegex("[0-9a-f.]*[0-9][0-9a-f.]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Changing();
}
