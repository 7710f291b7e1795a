using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning.Bootstrap;

/// <summary>
/// From members, in whatever state an earlier attempt left them, to one cluster. Slots and epochs are given while the
/// nodes are still alone: a node that owns slots then tells so in the first words that it says to another.
/// </summary>
public static class BootstrapPlanner
{
    /// <summary>The same members always get the same roles, so that an attempt that was cut off is gone on with.</summary>
    public static BootstrapDecision Plan(Topology topology, ClusterShape shape)
    {
        var refusals = BootstrapRefusals.Of(topology, shape).ToImmutableArray();
        if (!refusals.IsEmpty)
        {
            return new BootstrapDecision(null, refusals);
        }
        var roles = RolesToBe.Find(topology, shape, out var notes, out var conflicts);
        return conflicts.IsEmpty
            ? new BootstrapDecision(ToPlan(topology, roles, notes), [])
            : new BootstrapDecision(null, conflicts);
    }

    private static Plan ToPlan(Topology topology, ImmutableArray<RoleToBe> roles, ImmutableArray<Finding> notes)
    {
        var stages = ImmutableArray.CreateBuilder<Stage>();
        void Add(string title, IEnumerable<Step> steps)
        {
            ImmutableArray<Step> open = [.. steps.Where(s => !s.IsDone(topology))];
            if (!open.IsEmpty)
            {
                stages.Add(new Stage(title, open));
            }
        }
        Add("Give epochs and slots", [.. Epochs(topology, roles), .. Assignments(roles)]);
        Add("Join", Meetings(topology, roles));
        Add("Replicate", Replications(roles));
        var estimate = stages.Count == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(1 + (roles.Length * 0.04));
        return new Plan("bootstrap", stages.ToImmutable(), notes, estimate);
    }

    private static IEnumerable<Step> Epochs(Topology topology, ImmutableArray<RoleToBe> roles)
    {
        var taken = topology.Nodes.Select(n => n.Epoch).ToHashSet();
        var epoch = 0L;
        foreach (var role in roles.OrderBy(r => r.Primary is null).ThenBy(r => r.Member.Ordinal))
        {
            if (role.Node is { Epoch: 0, Alone: true })
            {
                do
                {
                    epoch++;
                } while (taken.Contains(epoch));
                yield return new SetEpoch(role.Member.Name, role.Node.Id, epoch)
                {
                    Reason = "no two nodes share an epoch",
                };
            }
        }
    }

    private static IEnumerable<Step> Assignments(ImmutableArray<RoleToBe> roles) =>
        from role in roles
        where !role.Slots.Except(role.Node.Slots).IsEmpty
        select new AssignSlots(role.Member.Name, role.Node.Id, role.Slots.Except(role.Node.Slots))
        {
            Reason = $"primary in zone {role.Member.Zone ?? "unknown"}",
        };

    private static IEnumerable<Step> Meetings(Topology topology, ImmutableArray<RoleToBe> roles)
    {
        var hub = roles
            .OrderByDescending(r => r.Node.Joined && !r.Node.Alone)
            .ThenByDescending(r => !r.Slots.IsEmpty)
            .ThenBy(r => r.Member.Ordinal)
            .First();
        return from role in roles
            where role.Node.Id != hub.Node.Id && (topology.Find(role.Node.Id)!.Alone || !role.Node.Joined)
            select new Meet(role.Member.Name, role.Node.Id, hub.Member.Name, hub.Node.Id)
            {
                Reason = "the nodes get to know each other",
            };
    }

    private static IEnumerable<Step> Replications(ImmutableArray<RoleToBe> roles) =>
        from role in roles
        where role.Primary is not null && role.Node.Primary != role.Primary.Id
        let primary = role.Primary
        select new Replicate(role.Member.Name, role.Node.Id, primary.Member ?? primary.Label, primary.Id)
        {
            Reason = $"{Zone(role.Member)}, its primary's slots are {roles.Single(r => r.Node.Id == primary.Id).Slots}",
        };

    private static string Zone(Member member) => $"in zone {member.Zone ?? "unknown"}";
}
