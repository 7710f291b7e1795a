using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Repair;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.Repair;

/// <summary>What crashes leave behind, beginning with a cluster that is well: views that are changed one by one.</summary>
internal sealed record Left(Topology Topology, ImmutableArray<NodeView> Views, ImmutableArray<KeyCount> Keys)
{
    public static readonly Left Nothing = Of(SixMembers.Formed);

    public static readonly NodeId[] Ids = [.. Enumerable.Range(0, 6).Select(SixMembers.Id)];

    public ImmutableArray<KeyClash> Clashes { get; init; } = [];

    public static Left Of(Topology topology) => new(topology, Support.Views.Of(topology), []);

    public Observation Seen => Views.Merged(Topology);

    public RepairSight Sight => RepairSight.Of(Seen, Keys) with { Clashes = Clashes };

    public Left Migrating(int slot, int at, int to) => Open(slot, at, to, importing: false);

    public Left Importing(int slot, int at, int from) => Open(slot, at, from, importing: true);

    public Left Has(int at, int slot, long keys) => this with { Keys = Keys.Add(new KeyCount(Ids[at], slot, keys)) };

    public Left Clash(int slot, int one, int other) =>
        this with
        {
            Clashes = Clashes.Add(new KeyClash(slot, Ids[one], Ids[other])),
        };

    /// <summary>No node has an owner for it.</summary>
    public Left Unowned(int slot)
    {
        var gone = SlotSet.Of(slot, slot);
        var views = Views;
        for (var at = 0; at < views.Length; at++)
        {
            views = views.WithPeers(at, peers => peers.Select(p => p with { Slots = p.Slots.Except(gone) }));
        }
        return this with { Views = views };
    }

    public Left Changed(Func<ImmutableArray<NodeView>, ImmutableArray<NodeView>> change) =>
        this with
        {
            Views = change(Views),
        };

    /// <summary>The plan, which the checker has nothing against.</summary>
    public Plan Plan()
    {
        var sight = Sight;
        var plan = RepairPlanner.Plan(sight);
        Assert.Empty(PlanChecker.Check(plan, sight.Topology));
        return plan;
    }

    public string[] Steps() => [.. Plan().Stages.SelectMany(s => s.Steps).Select(s => s.Describe())];

    private Left Open(int slot, int at, int peer, bool importing) =>
        this with
        {
            Views = Views.Says(
                at,
                Ids[at],
                row => row with { OpenSlots = row.OpenSlots.Add(new OpenSlot(slot, importing, Ids[peer])) }
            ),
        };
}
