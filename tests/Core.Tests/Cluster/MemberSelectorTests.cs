using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Cluster;

public sealed class MemberSelectorTests
{
    [Theory]
    [InlineData("m-4", "m-4")]
    [InlineData("m-4.test", "m-4")]
    [InlineData("all", "m-0 m-1 m-2 m-3 m-4 m-5")]
    [InlineData("primaries", "m-0 m-1 m-2")]
    [InlineData("replicas", "m-3 m-4 m-5")]
    [InlineData("zone:az-b", "m-1 m-4")]
    [InlineData("key:foo", "m-2")] // slot 12182
    [InlineData("key:{foo}.bar", "m-2")]
    [InlineData("key:", "m-0")] // the empty key is in slot 0
    [InlineData("key:a:b", "m-0")]
    [InlineData("slot:0", "m-0")]
    [InlineData("slot:5461", "m-1")]
    [InlineData("slot:16383", "m-2")]
    public void A_word_names_members(string word, string expected) =>
        Assert.Equal(expected, Names(MemberSelector.Select(word, SixMembers.Formed, "--on")));

    [Fact]
    public void Several_words_name_each_member_once_in_the_order_of_the_cluster() =>
        Assert.Equal(
            "m-0 m-1 m-4 m-5",
            Names(MemberSelector.Select(["m-5", "zone:az-b", "m-0", "m-4"], SixMembers.Formed, "MEMBER"))
        );

    [Theory]
    [InlineData("m-6", "there is no member 'm-6'; there are m-0, m-1, m-2, m-3, m-4, m-5")]
    [InlineData("", "there is no member ''")]
    [InlineData("ALL", "there is no member 'ALL'")]
    [InlineData("all:", "there is no member 'all:'")]
    [InlineData("zone", "there is no member 'zone'")]
    [InlineData("zone:az-x", "there is no member in zone 'az-x'; there are az-a, az-b, az-c")]
    [InlineData("zone:", "there is no member in zone ''")]
    [InlineData("slot:", "'' is no slot")]
    [InlineData("slot:-1", "'-1' is no slot")]
    [InlineData("slot:16384", "'16384' is no slot")]
    [InlineData("slot:99999999999999999999", "'99999999999999999999' is no slot")]
    [InlineData("slot:1-2", "'1-2' is no slot")]
    [InlineData("slot:one", "'one' is no slot")]
    public void A_word_that_names_nothing_is_told_what_there_is(string word, string expected)
    {
        var problem = Assert.Single(
            Assert.Throws<BadInputException>(() => MemberSelector.Select(word, SixMembers.Formed, "--on")).Problems
        );
        Assert.Equal("--on", problem.Where);
        Assert.StartsWith(expected, problem.What, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Remedy);
    }

    [Fact]
    public void All_wrong_words_are_told_at_once() =>
        Assert.Equal(
            2,
            Assert
                .Throws<BadInputException>(() =>
                    MemberSelector.Select(["x", "m-0", "slot:x"], SixMembers.Formed, "MEMBER")
                )
                .Problems.Length
        );

    [Fact]
    public void Roles_that_nobody_has_or_knows_are_said_to_be_so()
    {
        var noReplicas = SixMembers.Formed with { Nodes = SixMembers.Formed.Nodes[..3] };
        Assert.Contains("no member is a replica", Complaint("replicas", noReplicas));
        Assert.Contains("roles are not known here", Complaint("primaries", SixMembers.Unknown));
        Assert.Contains("no member's zone is known", Complaint("zone:a", new(SixMembers.Members(3, null), [])));
        Assert.Contains("there are 12, m-0 to m-11", Complaint("x", new(SixMembers.Members(12), [])));
        Assert.Contains("there are none", Complaint("x", Topology.Empty));
    }

    [Fact]
    public void A_dead_primary_whose_slots_went_to_another_is_none_any_more()
    {
        var dead = SixMembers.Node(0) with { Failed = true, Reachable = false, Slots = SlotSet.Empty };
        Assert.Equal("m-1 m-2", Names(MemberSelector.Select("primaries", SixMembers.Formed.With(dead), "--on")));
    }

    [Fact]
    public void A_dead_primary_that_still_owns_slots_is_one()
    {
        var dead = SixMembers.Node(0) with { Failed = true, Reachable = false };
        Assert.Equal("m-0 m-1 m-2", Names(MemberSelector.Select("primaries", SixMembers.Formed.With(dead), "--on")));
    }

    [Fact]
    public void A_slot_without_an_owner_is_a_failure_of_the_world()
    {
        var gap = SixMembers.Formed.With(SixMembers.Node(0) with { Slots = SlotSet.Of(1, 5460) });
        var failure = Assert.Throws<OperationFailedException>(() => MemberSelector.Select("slot:0", gap, "--on"));
        Assert.Equal("nobody owns slot 0", failure.Message);
        Assert.Contains("verify", failure.Next);
        failure = Assert.Throws<OperationFailedException>(() =>
            MemberSelector.Select("key:foo", SixMembers.Unknown, "--on")
        );
        Assert.Equal("nobody owns slot 12182 of the key 'foo'", failure.Message);
        Assert.Contains("bootstrap", failure.Next);
    }

    [Fact]
    public void A_members_name_goes_before_what_it_could_mean_besides()
    {
        var odd = SixMembers.Formed with
        {
            Members = SixMembers.Formed.Members.Add(
                "zone:6379",
                SixMembers.Formed.Members["m-0"] with
                {
                    Name = "zone:6379",
                    Ordinal = 6,
                }
            ),
        };
        Assert.Equal("zone:6379", Names(MemberSelector.Select("zone:6379", odd, "--on")));
    }

    [Theory]
    [InlineData("slot:0", "m-0 m-5")]
    [InlineData("m-0", "m-0 m-5")]
    [InlineData("m-5", "m-0 m-5")]
    [InlineData("m-4.test", "m-2 m-4")]
    public void A_shard_is_named_by_a_slot_or_any_of_its_members(string word, string expected) =>
        Assert.Equal(
            expected,
            string.Join(' ', ShardSelector.Select(word, SixMembers.Formed, "SHARD").Nodes.Select(n => n.Label))
        );

    [Fact]
    public void What_names_no_shard_or_several_is_refused()
    {
        Assert.Throws<BadInputException>(() => ShardSelector.Select("zone:az-a", SixMembers.Formed, "SHARD"));
        Assert.Throws<BadInputException>(() => ShardSelector.Select("m-0", SixMembers.Unknown, "SHARD"));
    }

    private static string Complaint(string word, Topology topology) =>
        Assert.Throws<BadInputException>(() => MemberSelector.Select(word, topology, "--on")).Message;

    private static string Names(IEnumerable<Member> members) => string.Join(' ', members.Select(m => m.Name));
}
