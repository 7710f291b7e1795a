using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning;

/// <summary>Stages one after the other, with the cluster as it is after them.</summary>
internal sealed class StageChain(Topology before)
{
    private readonly ImmutableArray<Stage>.Builder _stages = ImmutableArray.CreateBuilder<Stage>();

    public Topology Topology { get; private set; } = before;

    /// <summary>Nothing where there are no steps.</summary>
    public void Add(string title, IEnumerable<Step> steps)
    {
        ImmutableArray<Step> all = [.. steps];
        if (!all.IsEmpty)
        {
            AddRange([new Stage(title, all)]);
        }
    }

    public void AddRange(ImmutableArray<Stage> stages)
    {
        _stages.AddRange(stages);
        Topology = stages.SelectMany(s => s.Steps).Aggregate(Topology, (topology, step) => step.ApplyTo(topology));
    }

    public ImmutableArray<Stage> Build() => _stages.ToImmutable();
}
