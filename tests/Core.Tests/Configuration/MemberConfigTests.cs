using Slotwright.Core.Configuration;

namespace Slotwright.Core.Tests.Configuration;

public sealed class MemberConfigTests
{
    private static readonly MemberSettings Member = new(
        new Version(9, 1, 2),
        "vk-0.vk-headless.ns.svc.cluster.local",
        "10.0.3.7",
        6379,
        16379,
        "/data",
        "/data/conf/auth.conf",
        Zone: null,
        MaxMemory: null
    );

    [Fact]
    public void A_user_may_override_the_base_and_repeat_what_may_be_repeated()
    {
        var config = Compose(
            """
            cluster-node-timeout 5000
            loadmodule /a.so one "two words"
            loadmodule /b.so
            save 900 1
            save 300 10
            client-output-buffer-limit normal 0 0 0
            client-output-buffer-limit pubsub 32mb 8mb 60
            rename-command FLUSHALL ""
            user alice on >secret ~* +@all
            include /extra/*.conf
            search.threads 4
            """
        );
        Assert.Equal(["cluster-node-timeout 5000"], Lines(config, "cluster-node-timeout"));
        Assert.Equal(["loadmodule /a.so one \"two words\"", "loadmodule /b.so"], Lines(config, "loadmodule"));
        Assert.Equal(["save 900 1", "save 300 10"], Lines(config, "save"));
        Assert.Equal(2, Lines(config, "client-output-buffer-limit").Length);
        Assert.Equal(["rename-command FLUSHALL \"\""], Lines(config, "rename-command"));
        Assert.Equal(["include /extra/*.conf", "include /data/conf/auth.conf"], Lines(config, "include"));
        Assert.Equal(["search.threads 4"], Lines(config, "search.threads"));
        Assert.Empty(config.Notes);
    }

    [Fact]
    public void What_must_hold_comes_after_what_the_user_wrote()
    {
        var lines = Compose("maxmemory 1gb").Text.Split('\n');
        Assert.True(Array.IndexOf(lines, "maxmemory 1gb") < Array.IndexOf(lines, "cluster-enabled yes"));
        Assert.Equal("include /data/conf/auth.conf", lines[^2]);
        foreach (
            var line in new[]
            {
                "dir /data",
                "cluster-config-file /data/nodes.conf",
                "port 6379",
                "cluster-port 16379",
                "cluster-announce-hostname vk-0.vk-headless.ns.svc.cluster.local",
                "cluster-announce-ip 10.0.3.7",
                "cluster-announce-port 6379",
                "cluster-announce-bus-port 16379",
                "cluster-preferred-endpoint-type hostname",
                "bind * -::*",
                "protected-mode no",
                "daemonize no",
                "logfile \"\"",
                "tcp-keepalive 300",
            }
        )
        {
            Assert.Contains(line, lines);
        }
    }

    [Fact]
    public void What_must_hold_and_was_written_otherwise_is_left_out_with_a_note()
    {
        var config = Compose("port 7000\nCLUSTER-ENABLED no\nlogfile \"\"\nbind 0.0.0.0");
        Assert.Equal(["port 6379"], Lines(config, "port"));
        Assert.Equal(["cluster-enabled yes"], Lines(config, "cluster-enabled"));
        Assert.Equal(["bind * -::*"], Lines(config, "bind"));
        Assert.Equal(
            [
                "valkeyConfig: 'port 7000' is not followed: here it is 'port 6379', by ports.client",
                "valkeyConfig: 'cluster-enabled no' is not followed: here it is 'cluster-enabled yes'",
                "valkeyConfig: 'bind 0.0.0.0' is not followed: here it is 'bind * -::*'",
            ],
            config.Notes
        );
    }

    [Fact]
    public void A_password_in_the_users_lines_gives_way_to_the_Secret_and_is_never_told()
    {
        var config = Compose("requirepass hunter2\nmasterauth hunter2");
        Assert.DoesNotContain("hunter2", config.Text);
        Assert.Equal(2, config.Notes.Length);
        Assert.All(config.Notes, note => Assert.DoesNotContain("hunter2", note));

        var open = Compose("requirepass hunter2", Member with { AuthFile = null });
        Assert.Equal(["requirepass hunter2"], Lines(open, "requirepass"));
        Assert.DoesNotContain("hunter2", Assert.Single(open.Notes));
        Assert.Empty(Lines(open, "include"));
    }

    [Theory]
    [InlineData("9.1.2", "", "failover")]
    [InlineData("9.0.0", "shutdown-on-sigterm default", "failover")]
    [InlineData("9.1.2", "shutdown-on-sigterm \"save force\"", "save force failover")]
    [InlineData("9.1.2", "shutdown-on-sigterm nosave failover", "nosave failover")]
    [InlineData("8.1.7", "", null)]
    [InlineData("8.1.7", "shutdown-on-sigterm save", "save")]
    public void A_server_that_can_hands_over_when_it_is_told_to_end(string version, string user, string? words)
    {
        var config = Compose(user, Member with { Version = Version.Parse(version) });
        Assert.Equal(words is null ? [] : [$"shutdown-on-sigterm {words}"], Lines(config, "shutdown-on-sigterm"));
    }

    [Fact]
    public void The_zone_is_the_one_that_was_told_before_where_the_version_has_zones()
    {
        var told = Member with { Zone = "eu-west-1a" };
        Assert.Equal(["availability-zone eu-west-1a"], Lines(Compose("", told), "availability-zone"));
        Assert.Empty(Lines(Compose("", told with { Version = new Version(7, 2, 9) }), "availability-zone"));
        Assert.Empty(Lines(Compose(""), "availability-zone"));

        var config = Compose("availability-zone here", told);
        Assert.Equal(["availability-zone eu-west-1a"], Lines(config, "availability-zone"));
        Assert.Contains("as the bootstrap Job found it", Assert.Single(config.Notes));
        Assert.Equal(["availability-zone here"], Lines(Compose("availability-zone here"), "availability-zone"));
    }

    [Fact]
    public void A_share_of_the_memory_wins_over_maxmemory()
    {
        var config = Compose("maxmemory 12gb", Member with { MaxMemory = 1024 });
        Assert.Equal(["maxmemory 1024"], Lines(config, "maxmemory"));
        Assert.Contains("by maxmemoryPercent", Assert.Single(config.Notes));
    }

    [Theory]
    [InlineData("8.0.9", false)]
    [InlineData("8.1.0", true)]
    [InlineData("9.1.2", true)]
    public void A_directive_without_effect_passes_with_a_note(string version, bool noted)
    {
        var config = Compose("io-threads-do-reads yes", Member with { Version = Version.Parse(version) });
        Assert.Equal(["io-threads-do-reads yes"], Lines(config, "io-threads-do-reads"));
        Assert.Equal(noted ? 1 : 0, config.Notes.Length);
    }

    [Theory]
    [InlineData("127.0.5.9")]
    [InlineData("::1")]
    public void On_a_loopback_address_it_listens_there_alone(string ip)
    {
        var config = Compose("", Member with { Ip = ip });
        Assert.Equal([$"bind {ip}"], Lines(config, "bind"));
        Assert.Equal([$"bind-source-addr {ip}"], Lines(config, "bind-source-addr"));
        Assert.Empty(Lines(Compose(""), "bind-source-addr"));
    }

    [Fact]
    public void Passwords_of_any_letters_are_quoted_as_the_server_reads_them()
    {
        Assert.Equal(
            "requirepass \"a \\\"b\\\" \\\\ #\\xc3\\xa9\"\nprimaryauth \"a \\\"b\\\" \\\\ #\\xc3\\xa9\"\n",
            AuthFile.Of(new Version(8, 0, 1), "a \"b\" \\ #é")
        );
        Assert.Contains("masterauth plain", AuthFile.Of(new Version(7, 2, 5), "plain"));
    }

    private static ComposedConfig Compose(string user, MemberSettings? member = null) =>
        MemberConfig.Compose(ConfigText.Parse(user), member ?? Member);

    private static string[] Lines(ComposedConfig config, string name) =>
        [.. config.Text.Split('\n').Where(line => line.StartsWith(name + " ", StringComparison.Ordinal))];
}
