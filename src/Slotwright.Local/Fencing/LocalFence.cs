using Microsoft.Win32.SafeHandles;
using Slotwright.Core.Fencing;
using Slotwright.Core.Healing;
using Slotwright.Local.Healing;
using Slotwright.Local.Hosting;
using Slotwright.Local.State;
using Slotwright.Operations.Fencing;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Targets;

namespace Slotwright.Local.Fencing;

/// <summary>Starts members of this machine that own slots and may have less than their replicas.</summary>
internal sealed class LocalFence(
    ClusterFolder folder,
    ClusterFile cluster,
    MemberSpawner spawner,
    IClusterTarget target,
    FenceOptions options,
    TimeProvider time
)
{
    /// <summary>Somebody has said that they start with what they have.</summary>
    public bool IsToldToStart { get; init; }

    /// <summary>Whether a member must not simply be started.</summary>
    /// <param name="data">What it had on its disk before anything was changed there.</param>
    public bool Stops(int ordinal, OwnData data) =>
        data.Kind != OwnDataKind.Complete
        && (Nodes(ordinal) is { } file ? file.Self is { Slots.IsEmpty: false } : IsOfFormedCluster());

    /// <summary>Until its server runs with its data or, where that can't be decided, held back.</summary>
    /// <param name="running">Taken.</param>
    public async Task<FencedStart> StartAsync(int ordinal, OwnData data, SafeFileHandle running, CancellationToken ct)
    {
        var place = Place(ordinal);
        var member = new LocalFencedMember(
            spawner,
            place,
            ordinal,
            cluster.Hostname(ordinal),
            Nodes(ordinal),
            data,
            running,
            time
        )
        {
            IsToldToStart = IsToldToStart,
        };
        await using var session = new ClusterSession(target, given: null, time);
        var fence = new FenceRun(session, member, options, new Progress<string>(), new Random(ordinal));
        var decision = await fence.RunAsync(ct);
        return new FencedStart(place.Name, decision is FenceDecision.Start ? member.Start() : member.Voter, decision);
    }

    private NodesFile? Nodes(int ordinal) => new NodesFileOnDisk(Place(ordinal).Nodes).Read();

    private bool IsOfFormedCluster() => Enumerable.Range(0, cluster.Members).Any(o => File.Exists(Place(o).Nodes));

    private MemberFolder Place(int ordinal) => folder.Member(cluster.MemberName(ordinal));
}
