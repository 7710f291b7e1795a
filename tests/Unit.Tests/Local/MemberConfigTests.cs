using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Configuration;
using Slotwright.Local.Hosting;
using Slotwright.Local.State;

namespace Slotwright.Unit.Tests.Local;

public sealed class MemberConfigTests
{
    private static readonly MemberFolder Folder = new("main-1", "/state/local/main/main-1");

    [Fact]
    public void The_config_of_9_1_is_the_charts_with_what_one_machine_needs() =>
        Assert.Equal(
            """
            cluster-enabled yes
            cluster-node-timeout 15000
            cluster-require-full-coverage no
            cluster-allow-reads-when-down no
            cluster-preferred-endpoint-type ip
            protected-mode no
            tcp-keepalive 300
            loglevel notice
            maxmemory 2048mb
            maxmemory-policy noeviction
            appendonly yes
            appendfsync everysec
            auto-aof-rewrite-percentage 100
            auto-aof-rewrite-min-size 64mb
            save 900 1 300 10 60 10000
            io-threads 1
            repl-diskless-sync yes
            repl-diskless-sync-delay 5
            slowlog-log-slower-than 10000
            latency-monitor-threshold 100
            daemonize no
            supervised no
            bind 127.0.0.1
            port 7401
            dir /state/local/main/main-1/data
            logfile /state/local/main/main-1/valkey.log
            cluster-config-file nodes.conf
            cluster-announce-ip 127.0.0.1
            cluster-announce-hostname main-1.main.localhost
            availability-zone az-b
            include /state/local/main/main-1/auth.conf

            """,
            Text(Cluster("9.1.2"))
        );

    [Theory]
    [InlineData("8.1.4", "")]
    [InlineData("8.0.6", "+io-threads-do-reads yes")]
    [InlineData("7.2.9", "+io-threads-do-reads yes -availability-zone az-b")]
    public void Older_versions_differ_only_in_what_they_know(string version, string difference)
    {
        var (newest, older) = (Lines(Cluster("9.1.2")), Lines(Cluster(version)));
        var differences = older.Except(newest).Select(l => "+" + l).Concat(newest.Except(older).Select(l => "-" + l));
        Assert.Equal(difference, string.Join(' ', differences));
    }

    [Fact]
    public void A_member_with_an_address_of_its_own_speaks_from_it_too() =>
        Assert.Contains(
            "bind-source-addr 127.7.1.2",
            Lines(
                Cluster("9.1.2") with
                {
                    Network = "127.7.1",
                    Addresses = [new("127.7.1.1", 6379), new("127.7.1.2", 6379)],
                }
            )
        );

    [Fact]
    public void The_users_valkeyConfig_goes_over_the_defaults_and_keeps_their_place()
    {
        var settings = Settings(("maxmemory", "1gb"), ("cluster-node-timeout", "2000"), ("hz", "50"));
        var lines = Lines(Cluster("9.1.2") with { Settings = settings });
        Assert.Equal("cluster-node-timeout 2000", lines[1]);
        Assert.Equal("maxmemory 1gb", lines[8]);
        Assert.Contains("hz 50", lines);
        Assert.DoesNotContain("maxmemory 2048mb", lines);
    }

    [Theory]
    [InlineData("9.1.2", "requirepass secret\nprimaryauth secret\n")]
    [InlineData("7.2.9", "requirepass secret\nmasterauth secret\n")]
    public void The_password_stands_in_a_file_of_its_own(string version, string text)
    {
        var cluster = Cluster(version);
        Assert.Equal(text, LocalSettings.Auth(cluster, "secret").Render());
        Assert.DoesNotContain("secret", Text(cluster), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(25_000_000_000, 6, 1986)]
    [InlineData(25_000_000_000, 1000, 64)]
    [InlineData(1_000_000_000, 6, 79)]
    [InlineData(0, 3, 64)]
    public void Members_share_half_of_the_machines_memory_and_have_64_MiB_at_least(long bytes, int members, long mib) =>
        Assert.Equal(mib * 1024 * 1024, LocalSettings.MaxMemory(bytes, members));

    [Fact]
    public void The_revision_tells_versions_and_shared_settings_apart_but_not_members_or_addresses()
    {
        var cluster = Cluster("9.1.2");
        var revision = LocalSettings.Revision(cluster);
        Assert.StartsWith("9.1.2-", revision, StringComparison.Ordinal);
        Assert.Equal(revision, LocalSettings.Revision(cluster with { Addresses = [new("127.0.0.1", 9000)] }));
        Assert.NotEqual(revision, LocalSettings.Revision(Cluster("9.1.3")));
        Assert.NotEqual(revision, LocalSettings.Revision(cluster with { Settings = Settings(("hz", "50")) }));
    }

    [Theory]
    [InlineData("plain-1.2/3:4", "plain-1.2/3:4")]
    [InlineData("", "\"\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("ü\n", "\"\\xc3\\xbc\\x0a\"")]
    [InlineData("#", "\"#\"")]
    public void Text_is_quoted_as_the_servers_parser_reads_it(string text, string quoted) =>
        Assert.Equal(quoted, Setting.Text("x", text).Arguments);

    internal static ClusterFile Cluster(string version) =>
        new(
            ClusterFile.CurrentVersion,
            "main",
            Members: 6,
            ReplicasPerPrimary: 1,
            Zones: 3,
            [.. Enumerable.Range(7400, 6).Select(port => new NodeAddress("127.0.0.1", port))],
            Network: null,
            NextHost: 0,
            MaxMemory: 2L << 30,
            Settings(),
            new ServerRecord("/usr/bin/valkey-server", version),
            DateTimeOffset.UnixEpoch
        );

    internal static ImmutableSortedDictionary<string, string> Settings(params (string Name, string Value)[] settings) =>
        settings.ToImmutableSortedDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal);

    private static string Text(ClusterFile cluster) => LocalSettings.Member(cluster, 1, Folder).Render();

    private static string[] Lines(ClusterFile cluster) => Text(cluster).Split('\n');
}
