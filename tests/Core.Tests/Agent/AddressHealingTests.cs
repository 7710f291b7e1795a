using System.Collections.Immutable;
using Slotwright.Core.Agent;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Tests.Agent;

/// <summary>Nodes that are elsewhere now are met where their names lead.</summary>
public sealed class AddressHealingTests
{
    private static readonly NodeAddress Elsewhere = new("10.0.9.3", 6379);

    [Fact]
    public void A_node_whose_link_is_down_is_met_where_its_name_leads_now()
    {
        var evidence = Lost(r => r with { Linked = false });
        Assert.Equal(["m-3.test"], Assert.IsType<AgentDecision.AskNames>(AgentJudge.Decide(evidence)).Names);

        var met = Meets(evidence, Elsewhere);
        Assert.Equal(new Meeting(Scene.Id('d'), "m-3.test", Elsewhere, 16379), Assert.Single(met.Nodes));
        Assert.Equal(HealKind.Address, met.Kind);
        Rests(evidence, new NodeAddress("10.0.0.3", 6379)); // where it looks already
        Rests(evidence, null);
    }

    [Theory]
    [InlineData(PeerFlags.Possible)]
    [InlineData(PeerFlags.Fail)]
    public void A_link_that_is_being_opened_to_a_dead_address_does_not_count(PeerFlags doubt) =>
        Assert.Single(Meets(Lost(r => r with { Flags = r.Flags | doubt }), Elsewhere).Nodes);

    [Fact]
    public void A_ping_that_waits_for_long_is_a_doubt_and_a_young_one_is_none()
    {
        var now = Scene.Now.ToUnixTimeMilliseconds();
        Assert.Single(Meets(Lost(r => r with { PingSent = now - 3000 }), Elsewhere).Nodes);
        Rests(Lost(r => r with { PingSent = now - 500 }), Elsewhere);
    }

    [Fact]
    public void A_node_without_an_address_is_met_at_the_ports_of_the_others()
    {
        var lost = Lost(r =>
            r with
            {
                Flags = r.Flags | PeerFlags.NoAddress,
                Address = null,
                BusPort = 0,
                Linked = false,
            }
        );
        Assert.Equal(16379, Assert.Single(Meets(lost, Elsewhere).Nodes).BusPort);
    }

    [Fact]
    public void What_a_member_was_before_is_not_looked_for_and_handshakes_are_left_be()
    {
        var scene = Scene.Formed.Fail('d').Back('g', 3);
        Assert.IsType<AgentDecision.Rest>(AgentJudge.Decide(scene.Of('a')));
        Rests(Lost(r => r with { Linked = false, Flags = r.Flags | PeerFlags.Handshake }), Elsewhere);
    }

    [Fact]
    public void Nothing_is_met_while_the_server_is_held_back_or_a_slot_is_on_its_way()
    {
        var evidence = Lost(r => r with { Linked = false }) with { Names = Names(Elsewhere) };
        Assert.IsType<AgentDecision.Meet>(AgentJudge.Decide(evidence));
        var held = Assert.IsType<AgentDecision.Rest>(AgentJudge.Decide(evidence with { HeldBack = "it is empty" }));
        Assert.Contains("it is empty", held.Reason);
        var moving = Scene
            .Formed.With('d', r => r with { Linked = false })
            .With('a', r => r with { OpenSlots = [new OpenSlot(7, Importing: true, Scene.Id('b'))] });
        Assert.IsType<AgentDecision.Rest>(AgentJudge.Decide(moving.Of('a') with { Names = Names(Elsewhere) }));
    }

    [Fact]
    public void Of_many_some_are_met_at_a_time_and_in_the_end_all()
    {
        var rows = Enumerable
            .Range(0, 40)
            .Select(i =>
                Scene.Formed['d'] with
                {
                    Id = NodeId.Parse($"{i:x40}"),
                    Hostname = $"m-{100 + i}.test",
                    Linked = false,
                }
            );
        var scene = new Scene([.. Scene.Formed.Rows, .. rows]);
        var evidence = scene.Of('a') with
        {
            Names = scene.Rows.ToImmutableDictionary(r => r.Hostname, _ => Elsewhere, StringComparer.Ordinal),
        };
        var met = Enumerable
            .Range(0, 3)
            .SelectMany(tries =>
                Assert.IsType<AgentDecision.Meet>(AgentJudge.Decide(evidence with { Tries = tries })).Nodes
            )
            .Select(m => m.Id);
        Assert.Equal(40, met.Distinct().Count());
    }

    private static AgentEvidence Lost(Func<PeerRow, PeerRow> change) => Scene.Formed.With('d', change).Of('a');

    private static AgentDecision.Meet Meets(AgentEvidence evidence, NodeAddress? address) =>
        Assert.IsType<AgentDecision.Meet>(AgentJudge.Decide(evidence with { Names = Names(address) }));

    private static void Rests(AgentEvidence evidence, NodeAddress? address) =>
        Assert.IsType<AgentDecision.Rest>(AgentJudge.Decide(evidence with { Names = Names(address) }));

    private static ImmutableDictionary<string, NodeAddress> Names(NodeAddress? address)
    {
        var none = ImmutableDictionary.Create<string, NodeAddress>(StringComparer.Ordinal);
        return address is { } found ? none.Add("m-3.test", found) : none;
    }
}
