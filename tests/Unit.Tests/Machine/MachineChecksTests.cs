using System.Collections.Immutable;
using System.Net;
using Slotwright.Core.Health;
using Slotwright.Local.Machine;
using Slotwright.Local.Network;
using Slotwright.Local.Servers;

namespace Slotwright.Unit.Tests.Machine;

public sealed class MachineChecksTests
{
    private const long GiB = 1L << 30;

    private static readonly MachineFacts Fit = new(
        "Debian GNU/Linux 12 (bookworm)",
        IsDebian: true,
        Cores: 8,
        Memory: 16 * GiB,
        FreeMemory: 12 * GiB,
        Swap: 0,
        UsedSwap: 0,
        OpenFiles: 1_048_576,
        HugePages: "madvise",
        Overcommit: 1,
        Backlog: 4096,
        Ephemeral: new PortRange(32768, 60999),
        Listeners: [],
        StateFolder: "/home/me/.local/state/slotwright",
        FreeDisk: 100 * GiB
    );

    private static readonly ServerListing Here = new("9.1.2", ServerSource.Path, "/usr/bin/valkey-server", "sid");
    private static readonly ServerListing NotHere = new("9.1", null, null, "sid");

    [Fact]
    public void A_fit_machine_has_nothing_but_good_findings()
    {
        var findings = Run(Fit);
        Assert.All(findings, f => Assert.Equal(Verdict.Ok, f.Verdict));
        Assert.Equal(findings.Length, findings.Select(f => f.Code).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Few_open_files_cost_clients()
    {
        AssertOne("open-files", Verdict.Warning, "4096", Fit with { OpenFiles = 4096 });
        AssertFit(Fit with { OpenFiles = MachineChecks.WantedFiles });
        AssertFit(Fit with { OpenFiles = long.MaxValue });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_fork_that_may_fail_is_a_warning(int overcommit) =>
        AssertOne("overcommit-memory", Verdict.Warning, $"{overcommit}", Fit with { Overcommit = overcommit });

    [Fact]
    public void A_short_queue_of_new_clients_is_a_warning()
    {
        AssertOne("somaxconn", Verdict.Warning, "128", Fit with { Backlog = 128 });
        AssertFit(Fit with { Backlog = MachineChecks.WantedBacklog });
    }

    [Theory]
    [InlineData("always")]
    [InlineData("never")]
    [InlineData("")]
    public void Huge_pages_are_no_fault_since_Valkey_turns_them_off(string value) =>
        AssertFit(Fit with { HugePages = value });

    [Fact]
    public void Ephemeral_ports_that_reach_the_bus_ports_are_a_fault()
    {
        AssertOne("ports", Verdict.Failed, "10000-65535", Fit with { Ephemeral = new PortRange(10000, 65535) });
        AssertOne("ports", Verdict.Failed, "17405-65535", Fit with { Ephemeral = new PortRange(17405, 65535) });
        AssertFit(Fit with { Ephemeral = new PortRange(17406, 65535) });
    }

    [Fact]
    public void Ports_that_are_taken_only_move_the_next_cluster()
    {
        var finding = Find("ports", Fit with { Listeners = [On(7403)] });
        Assert.Equal(Verdict.Ok, finding.Verdict);
        Assert.Contains("7400-7405 are in use; the next cluster gets 7500-7505", finding.What);
        Assert.Contains("7500-7505", Find("ports", Fit with { Listeners = [On(17405)] }).What);
        Assert.Contains("7400-7405 are free", Find("ports", Fit with { Listeners = [On(7406)] }).What);
    }

    [Fact]
    public void No_block_of_free_ports_is_a_fault_with_another_way()
    {
        var taken = Enumerable.Range(74, 160).Select(n => On(n * 100)).ToImmutableArray();
        Assert.Contains("--own-addresses", Find("ports", Fit with { Listeners = taken }).Remedy);
        Assert.Equal(Verdict.Failed, Find("ports", Fit with { Listeners = taken }).Verdict);
    }

    [Fact]
    public void Little_memory_is_a_warning_whoever_limits_it()
    {
        AssertOne("memory", Verdict.Warning, "300 MiB", Fit with { FreeMemory = 300 << 20 });
        AssertOne("memory", Verdict.Warning, "256 MiB", Fit with { Memory = 256 << 20 });
        AssertFit(Fit with { FreeMemory = 512 << 20 });
    }

    [Fact]
    public void Swap_in_use_is_a_warning_swap_alone_is_not()
    {
        AssertOne("swap", Verdict.Warning, "in use", Fit with { Swap = 4 * GiB, UsedSwap = GiB });
        AssertFit(Fit with { Swap = 4 * GiB, UsedSwap = GiB / 2 });
    }

    [Fact]
    public void One_core_is_a_warning() => AssertOne("cores", Verdict.Warning, "1 core", Fit with { Cores = 1 });

    [Fact]
    public void A_disk_that_fills_up_is_a_warning_and_then_a_fault()
    {
        AssertOne("disk", Verdict.Warning, "500 MiB", Fit with { FreeDisk = 500 << 20 });
        AssertOne("disk", Verdict.Failed, "50 MiB", Fit with { FreeDisk = 50 << 20 });
        AssertFit(Fit with { FreeDisk = GiB });
    }

    [Fact]
    public void No_server_is_a_fault_only_where_none_can_be_fetched()
    {
        Assert.Equal(Verdict.Ok, Find("valkey-server", Fit, NotHere).Verdict);
        var elsewhere = Find("valkey-server", Fit with { System = "Alpine Linux", IsDebian = false }, NotHere);
        Assert.Equal(Verdict.Failed, elsewhere.Verdict);
        Assert.Contains("Alpine Linux is not Debian", elsewhere.What);
        Assert.Equal(Verdict.Ok, Find("valkey-server", Fit with { IsDebian = false }, Here).Verdict);
    }

    [Fact]
    public void What_the_machine_does_not_say_is_unknown_and_not_good()
    {
        var dumb = new MachineFacts(
            null,
            false,
            2,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            [],
            "/x",
            null
        );
        Assert.Equal(
            [
                "open-files",
                "ports",
                "memory",
                "swap",
                "overcommit-memory",
                "transparent-hugepages",
                "somaxconn",
                "disk",
            ],
            Run(dumb).Where(f => f.Verdict == Verdict.Unknown).Select(f => f.Code)
        );
    }

    [Fact]
    public void Whatever_is_not_good_has_a_reason_and_a_remedy()
    {
        var bad = new MachineFacts(
            "Alpine",
            false,
            1,
            1,
            1,
            100,
            100,
            1,
            "always",
            0,
            1,
            new PortRange(1024, 65535),
            [],
            "/x",
            0
        );
        var findings = MachineChecks.Run(bad, [NotHere]).Where(f => f.Verdict != Verdict.Ok).ToArray();
        Assert.Equal(9, findings.Length);
        Assert.All(findings, f => Assert.True(f is { Why.Length: > 0, Remedy.Length: > 0 }, f.Code));
    }

    private static Listener On(int port) => new(IPAddress.Loopback, port, 1);

    private static ImmutableArray<Finding> Run(MachineFacts facts) => MachineChecks.Run(facts, [Here]);

    private static Finding Find(string code, MachineFacts facts, ServerListing? server = null) =>
        Assert.Single(MachineChecks.Run(facts, [server ?? Here]), f => f.Code == code);

    private static void AssertFit(MachineFacts facts) =>
        Assert.All(Run(facts), f => Assert.Equal(Verdict.Ok, f.Verdict));

    private static void AssertOne(string code, Verdict verdict, string what, MachineFacts facts)
    {
        var finding = Assert.Single(Run(facts), f => f.Verdict != Verdict.Ok);
        Assert.Equal((code, verdict), (finding.Code, finding.Verdict));
        Assert.Contains(what, finding.What);
    }
}
