using Slotwright.Local.Hosting;
using Slotwright.Local.Network;

namespace Slotwright.Unit.Tests.Local;

public sealed class LocalSpecTests
{
    private static readonly PortRange Usual = new(32768, 60999);

    [Fact]
    public void Nothing_said_is_six_members_in_three_zones() => Assert.Empty(Problems(new LocalSpec()));

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var spec = new LocalSpec
        {
            Name = "Main!",
            Members = 5,
            Zones = 9,
            BasePort = 30_000,
            Password = "two\nlines",
            Settings = MemberConfigTests.Settings(("port", "1"), ("no name", "x"), ("hz", "1\n2")),
        };
        Assert.Equal(
            [
                "--name",
                "--members",
                "--zones",
                "--base-port",
                "valkeyConfig hz",
                "valkeyConfig",
                "valkeyConfig port",
                "--password-file",
            ],
            LocalSpecRules.Problems(spec, Usual).Select(p => p.Where)
        );
    }

    [Theory]
    [InlineData(0, null, "0 members can't be had")]
    [InlineData(-1, null, "-1 members can't be had")]
    [InlineData(1001, 0, "1001 members can't be had")]
    [InlineData(int.MaxValue, int.MaxValue, "2147483647 members can't be had")]
    [InlineData(null, -1, "-1 replicas can't be had")]
    [InlineData(null, int.MinValue, "-2147483648 replicas can't be had")]
    [InlineData(null, int.MaxValue, "2147483647 replicas can't be had")]
    [InlineData(7, 1, "do not make whole shards")]
    [InlineData(4, 1, "make 2 primaries; Valkey needs 3")]
    [InlineData(1, 0, "make 1 primary; Valkey needs 3")]
    [InlineData(6, 2, "use at least 9")]
    public void A_shape_that_can_not_be_formed_is_refused_with_the_reason(int? members, int? replicas, string what) =>
        Assert.Contains(
            what,
            Problems(new LocalSpec { Members = members, ReplicasPerPrimary = replicas }),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(null, null)]
    [InlineData(3, 0)]
    [InlineData(9, 2)]
    [InlineData(null, 2)]
    [InlineData(1000, 1)]
    public void A_shape_that_can_be_formed_is_taken(int? members, int? replicas) =>
        Assert.Empty(Problems(new LocalSpec { Members = members, ReplicasPerPrimary = replicas }));

    [Theory]
    [InlineData("7, 1", "use 6 or 8")]
    [InlineData("5, 1", "use 6")]
    [InlineData("7, 2", "use 9")]
    public void Members_that_do_not_come_out_even_are_answered_with_the_numbers_that_do(string shape, string remedy)
    {
        var numbers = shape.Split(", ").Select(int.Parse).ToArray();
        var spec = new LocalSpec
        {
            Members = numbers[0],
            ReplicasPerPrimary = numbers[1],
            Zones = 1,
        };
        Assert.Equal(remedy, Assert.Single(LocalSpecRules.Problems(spec, Usual)).Remedy);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-7400, false)]
    [InlineData(1023, false)]
    [InlineData(1024, true)]
    [InlineData(22_762, true)]
    [InlineData(22_763, false)]
    [InlineData(65_535, false)]
    [InlineData(int.MaxValue, false)]
    public void Base_ports_are_taken_where_neither_port_is_the_superusers_or_the_kernels(int port, bool taken) =>
        Assert.Equal(taken, Problems(new LocalSpec { BasePort = port }).Length == 0);

    [Fact]
    public void A_machine_that_gives_all_ports_away_can_still_have_members_with_addresses_of_their_own()
    {
        var greedy = new PortRange(1024, 65535);
        Assert.Contains(
            "use --own-addresses",
            Assert.Single(LocalSpecRules.Problems(new LocalSpec(), greedy)).Remedy,
            StringComparison.Ordinal
        );
        Assert.Empty(LocalSpecRules.Problems(new LocalSpec { OwnAddresses = true }, greedy));
    }

    [Fact]
    public void Own_addresses_and_a_base_port_exclude_each_other() =>
        Assert.Contains(
            "leave one of the two out",
            Problems(new LocalSpec { OwnAddresses = true, BasePort = 7400 }),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("valkey", true)]
    [InlineData("a", true)]
    [InlineData("a-1", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("ä", false)]
    [InlineData("a b", false)]
    [InlineData("a1234567890123456789012345678901234567890", false)]
    public void Names_are_those_that_can_stand_in_a_host_name_and_a_path(string name, bool taken) =>
        Assert.Equal(taken, Problems(new LocalSpec { Name = name }).Length == 0);

    [Fact]
    public void A_password_is_never_printed() =>
        Assert.DoesNotContain("s3cret", new LocalSpec { Password = "s3cret" }.ToString(), StringComparison.Ordinal);

    private static string Problems(LocalSpec spec) => string.Join('\n', LocalSpecRules.Problems(spec, Usual));
}
