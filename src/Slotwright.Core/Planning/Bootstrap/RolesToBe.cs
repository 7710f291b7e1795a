using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Placement;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Bootstrap;

/// <summary>
/// Who is to be what: the best placement, where nothing that is there speaks against it; else, where a cluster stands,
/// its own roles and the new members'. Placement comes first, since a cluster whose primaries have met and whose
/// replicas have not is half made, and is to become what it was begun as.
/// </summary>
internal static class RolesToBe
{
    /// <param name="conflicts">Why what is there fits neither; empty where the roles can be had.</param>
    public static ImmutableArray<RoleToBe> Find(
        Topology topology,
        ClusterShape shape,
        out ImmutableArray<Finding> notes,
        out ImmutableArray<Finding> conflicts
    )
    {
        var placement = Placer.Place(
            new PlacementRequest(
                [.. topology.Members.Values.Select(m => new PlacementMember(m.Name, m.Ordinal, m.Zone, m.Machine))],
                shape.Primaries,
                shape.ReplicasPerPrimary
            )
        );
        var roles = Placed(topology, placement);
        conflicts = [.. roles.SelectMany(r => Conflicts(topology, r))];
        if (!conflicts.IsEmpty && Stands(topology))
        {
            notes = [];
            conflicts = [];
            return Standing(topology, shape);
        }
        notes = placement.Notes;
        return roles;
    }

    private static bool Stands(Topology topology) =>
        topology.Covered().Count == HashSlot.Count
        && topology.Shards().All(s => s.Primary is { Apart: false, Alone: false });

    private static ImmutableArray<RoleToBe> Placed(Topology topology, ClusterPlacement placement)
    {
        var roles = ImmutableArray.CreateBuilder<RoleToBe>();
        foreach (var (shard, slots) in placement.Shards.Zip(SlotSet.Split(placement.Shards.Length)))
        {
            var primary = topology.NodeOf(shard.Primary.Name)!;
            roles.Add(new RoleToBe(topology.Members[shard.Primary.Name], primary, slots, null));
            roles.AddRange(
                shard.Replicas.Select(r => new RoleToBe(
                    topology.Members[r.Name],
                    topology.NodeOf(r.Name)!,
                    SlotSet.Empty,
                    primary
                ))
            );
        }
        return [.. roles.OrderBy(r => r.Member.Ordinal)];
    }

    private static IEnumerable<Finding> Conflicts(Topology topology, RoleToBe role)
    {
        var node = role.Node;
        if (!node.Slots.Except(role.Slots).IsEmpty)
        {
            yield return Otherwise(
                role.Member.Name,
                role.Primary is null
                    ? $"it owns slots {node.Slots}, where a new cluster gives it {role.Slots}"
                    : $"it owns slots {node.Slots}, where a new cluster makes it a replica"
            );
        }
        if (node.Primary is { } primary && primary != role.Primary?.Id)
        {
            yield return Otherwise(
                role.Member.Name,
                $"it replicates {topology.Find(primary)?.Label ?? primary.Short}, where a new cluster "
                    + (role.Primary is null ? $"gives it slots {role.Slots}" : $"has it replicate {role.Primary.Label}")
            );
        }
    }

    /// <summary>All slots are owned: nobody's role changes, empty members become replicas where one is missing.</summary>
    private static ImmutableArray<RoleToBe> Standing(Topology topology, ClusterShape shape)
    {
        var members = topology.Members.Values.OrderBy(m => m.Ordinal).ToArray();
        var chosen = NewReplicas.Choose(
            topology,
            members.Where(m => topology.NodeOf(m.Name) is { IsPrimary: true, Slots.IsEmpty: true, Keys: 0 }),
            shape.ReplicasPerPrimary
        );
        return [.. members.Select(Role)];

        RoleToBe Role(Member member)
        {
            var node = topology.NodeOf(member.Name)!;
            var primary = node.Primary is { } id ? topology.Find(id) : chosen.GetValueOrDefault(member.Name);
            return new RoleToBe(member, node, node.Slots, primary);
        }
    }

    private static Finding Otherwise(string member, string what) =>
        new(
            "half-made-otherwise",
            Verdict.Failed,
            member,
            what,
            "the members hold a part of a cluster that was begun with other members or zones",
            "if nothing of it is needed, remove the members' data and bootstrap again"
        );
}
