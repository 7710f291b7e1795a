using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning;

namespace Slotwright.Core.Tests.Planning;

/// <summary>A step that does to a topology whatever a test wants, for good or while it runs.</summary>
internal sealed record TakeAway(Func<Topology, Topology> Change, bool Back) : Step
{
    public ImmutableArray<NodeId> Erased { get; init; } = [];

    public override string Describe() => "takes away";

    public override Topology During(Topology before) => Change(before);

    public override Topology ApplyTo(Topology before) => Back ? before : Change(before);

    public override ImmutableArray<NodeId> Erases(Topology before) => Erased;

    public override bool IsDone(Topology now) => false;
}
