using System.Collections.Immutable;
using System.Text.Json;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Bootstrap;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning;

public sealed class PlanJsonTests
{
    [Fact]
    public void Every_step_comes_back_from_json_as_what_it_was()
    {
        var plan = new Plan("test", [new Stage("All", StepTests.Steps)], [], TimeSpan.FromSeconds(1.5));
        var back = PlanJson.Read(PlanJson.Write(plan));
        Assert.Equal(StepTests.Steps.Select(s => s.Describe()), back.Stages.Single().Steps.Select(s => s.Describe()));
        Assert.Equal(("test", TimeSpan.FromSeconds(1.5)), (back.Operation, back.Estimate));
        Assert.Equal(PlanJson.Write(plan), PlanJson.Write(back));
    }

    [Fact]
    public void Each_step_names_its_kind_and_no_two_have_the_same_name()
    {
        var plan = new Plan("test", [new Stage("All", StepTests.Steps)], []);
        using var json = JsonDocument.Parse(PlanJson.Write(plan));
        var names = json
            .RootElement.GetProperty("stages")[0]
            .GetProperty("steps")
            .EnumerateArray()
            .Select(s => s.GetProperty("step").GetString())
            .ToImmutableArray();
        Assert.Equal(
            [
                "set-epoch",
                "assign-slots",
                "meet",
                "replicate",
                "hand-over",
                "restart-member",
                "assign-lost-slots",
                "let-start",
                "add-members",
                "forget",
                "remove-members",
                "move-slots",
                "close-slots",
                "gather-keys",
                "raise-epoch",
            ],
            names
        );
    }

    [Fact]
    public void Ids_slots_and_quotes_are_written_as_people_write_them()
    {
        var json = PlanJson.Write(
            new Plan("test", [new Stage("All", [StepTests.Steps[1] with { Reason = "don't" }])], [])
        );
        Assert.Contains($"\"node\":\"{Members.Id(1)}\"", json);
        Assert.Contains("\"slots\":\"0-99\"", json);
        Assert.Contains("don't", json);
    }

    [Fact]
    public void The_same_members_give_the_same_bytes_in_whatever_order_they_come()
    {
        var fresh = Members.Fresh(18, 3);
        var shape = new ClusterShape(18, 2);
        var plan = PlanJson.Write(BootstrapPlanner.Plan(fresh, shape).Plan!);
        var turned = new Topology(
            fresh.Members.Reverse().ToImmutableSortedDictionary(StringComparer.Ordinal),
            [.. fresh.Nodes.Reverse()]
        );
        Assert.Equal(plan, PlanJson.Write(BootstrapPlanner.Plan(fresh, shape).Plan!));
        Assert.Equal(plan, PlanJson.Write(BootstrapPlanner.Plan(turned, shape).Plan!));
    }
}
