using System.Collections.Immutable;
using Slotwright.Core.Healing;

namespace Slotwright.Core.Tests.Healing;

public sealed class NodesFileTests
{
    private const string Vars = "vars currentEpoch 6 lastVoteEpoch 0";
    private static readonly string[] Ids = [.. "abcdef".Select(c => new string(c, 40))];

    private static readonly string Three = string.Join(
        '\n',
        Line(0, "10.0.0.1", "myself,master", "-", "s0", "0-5460"),
        Line(1, "10.0.0.2", "master", "-", "s1", "5461-10922"),
        Line(2, "10.0.0.3", "slave", Ids[1], "s1"),
        Vars,
        ""
    );

    [Fact]
    public void Addresses_are_replaced_by_name_and_nothing_else_is()
    {
        var (healed, changes) = Heal(Three, ("m1", "10.9.9.2"), ("m2", "10.9.9.3"), ("m0", "10.9.9.1"));

        Assert.Equal(
            Three
                .Replace("10.0.0.2:", "10.9.9.2:", StringComparison.Ordinal)
                .Replace("10.0.0.3:", "10.9.9.3:", StringComparison.Ordinal),
            healed
        );
        Assert.Equal(["10.0.0.2", "10.0.0.3"], changes.Select(c => c.From));
    }

    [Fact]
    public void Addresses_that_were_permuted_find_their_nodes_again()
    {
        var (healed, _) = Heal(Three, ("m1", "10.0.0.3"), ("m2", "10.0.0.2"));

        Assert.Contains($"{Ids[1]} 10.0.0.3:6379@16379,m1,", healed, StringComparison.Ordinal);
        Assert.Contains($"{Ids[2]} 10.0.0.2:6379@16379,m2,", healed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_right_stays_byte_for_byte()
    {
        var (healed, changes) = Heal(Three, ("m1", "10.0.0.2"), ("m2", "10.0.0.3"));
        Assert.Equal((Three, 0), (healed, changes.Length));
    }

    [Theory]
    [InlineData("fd00::2", "fd00::9")]
    [InlineData("10.0.0.2", "fd00::9")]
    [InlineData("fd00::2", "10.0.0.9")]
    public void Both_kinds_of_addresses_are_understood(string before, string after)
    {
        var (healed, _) = Heal(Three.Replace("10.0.0.2:", $"{before}:", StringComparison.Ordinal), ("m1", after));
        Assert.Contains($"{Ids[1]} {after}:6379@16379,m1,", healed, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_ids_with_one_name_the_one_that_has_not_failed_moves()
    {
        var text = Three.Replace(
            Vars,
            Line(3, "10.0.0.7", "slave,fail", Ids[0], "s0", name: "m2") + "\n" + Vars,
            StringComparison.Ordinal
        );
        var (healed, changes) = Heal(text, ("m2", "10.9.9.3"));

        Assert.Equal(Ids[2], $"{Assert.Single(changes).Id}");
        Assert.Contains($"{Ids[3]} 10.0.0.7:", healed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fail")]
    [InlineData("fail?")]
    public void A_node_that_seemed_to_have_failed_when_all_went_moves_as_well_and_is_not_taken_for_failed(string flag)
    {
        var (healed, _) = Heal(
            Three.Replace(" slave ", $" slave,{flag} ", StringComparison.Ordinal),
            ("m2", "10.9.9.3")
        );
        Assert.Equal(Three.Replace("10.0.0.3:", "10.9.9.3:", StringComparison.Ordinal), healed);
    }

    [Fact]
    public void Who_is_where_it_was_may_have_failed_still()
    {
        var text = Three.Replace(" slave ", " slave,fail ", StringComparison.Ordinal);
        Assert.Equal(text, Heal(text, ("m2", "10.0.0.3")).Text);
    }

    [Theory]
    [InlineData("noaddr")]
    [InlineData("handshake")]
    public void A_node_without_an_address_of_its_own_stays(string flag)
    {
        var text = Three.Replace(" slave ", $" slave,{flag} ", StringComparison.Ordinal);
        Assert.Empty(Heal(text, ("m2", "10.9.9.3")).Changes);
    }

    [Fact]
    public void A_replicas_shard_id_becomes_its_primarys()
    {
        var text = Three.Replace(
            "m2,tcp-port=6379,shard-id=s1",
            "m2,tcp-port=6379,shard-id=s7",
            StringComparison.Ordinal
        );
        var (healed, changes) = Heal(text);

        Assert.Equal((Three, "shard-id"), (healed, Assert.Single(changes).What));
    }

    [Fact]
    public void Every_damage_is_named_with_its_line()
    {
        const string Text = "rubbish\n\nabc 10.0.0.1:6379@16379 master - 0 0 1 connected\nvars currentEpoch 1\n";
        Assert.False(NodesFile.TryParse(Text, out _, out var damages));
        Assert.Equal(["line 1: it has 1 fields, a node's line has at least 8", "line 3: 'abc' is no node id"], damages);
    }

    [Fact]
    public void A_file_of_nobody_or_of_one_node_twice_is_damaged()
    {
        Assert.False(NodesFile.TryParse(Three.Replace("myself,", "", StringComparison.Ordinal), out _, out var nobody));
        Assert.Equal("not exactly one line says 'myself'", Assert.Single(nobody));
        Assert.False(NodesFile.TryParse(Three.Replace(Ids[2], Ids[1], StringComparison.Ordinal), out _, out var twice));
        Assert.Contains(Ids[1], Assert.Single(twice), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_that_of_a_server_that_has_not_begun()
    {
        Assert.True(NodesFile.TryParse("", out var file, out _));
        Assert.Empty(file.PeerNames());
    }

    private static (string Text, ImmutableArray<NodesFileChange> Changes) Heal(
        string text,
        params (string Name, string Ip)[] addresses
    )
    {
        Assert.True(NodesFile.TryParse(text, out var file, out _));
        var (healed, changes) = NodesFileHealing.Heal(
            file,
            addresses.ToDictionary(a => a.Name, a => a.Ip, StringComparer.Ordinal)
        );
        return (healed.Render(), changes);
    }

    private static string Line(
        int node,
        string ip,
        string flags,
        string primary,
        string shard,
        string slots = "",
        string? name = null
    ) =>
        $"{Ids[node]} {ip}:6379@16379,{name ?? $"m{node}"},tcp-port=6379,shard-id={shard} {flags} {primary} 0 1763942000000 {node + 1} connected {slots}".TrimEnd();
}
