using Slotwright.Core.Cluster;
using Slotwright.Operations.Observing;
using Slotwright.Operations.SlotMovers;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Running;

/// <summary>What a step is applied with.</summary>
/// <param name="Topology">The cluster as it was observed when the plan was made.</param>
public sealed record StepContext(ClusterSession Session, Topology Topology)
{
    /// <summary>How long one step may take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Told of each hand-over that has come about.</summary>
    public Action<HandOverTime> HandedOver { get; init; } = static _ => { };

    /// <summary>Told in a line what people should know of a step, such as that a member copies everything.</summary>
    public Action<string> Told { get; init; } = static _ => { };

    /// <summary>How slots are moved, and what is told of it.</summary>
    public SlotMoving Slots { get; init; } = new();

    /// <summary>One at a time: two at once can split the vote, and then nobody is elected for a long time.</summary>
    internal SemaphoreSlim Elections { get; } = new(1);

    /// <summary>The members' host; null on a target that has none.</summary>
    public IClusterHost? Host => Session.Target as IClusterHost;

    /// <summary>Members of the cluster that answered when the plan was made.</summary>
    internal IEnumerable<string> Answering =>
        Topology.Nodes.Where(n => n is { Reachable: true, Joined: true }).Select(n => n.Member).OfType<string>();

    /// <summary>One question to one member, which has the time of a look to answer.</summary>
    /// <exception cref="Slotwright.Core.Failures.OperationFailedException">It can't be asked, or does not answer.</exception>
    public Task<T> AskAsync<T>(
        string member,
        Func<ValkeyConnection, CancellationToken, Task<T>> question,
        CancellationToken ct
    ) => Session.AskAsync(Topology.Members[member], question, ct);

    public Task<NodeRole> RoleAsync(string member, CancellationToken ct) =>
        AskAsync(member, static (node, inner) => node.RoleAsync(inner), ct);

    public Task<ValkeyConnection> ConnectAsync(string member, CancellationToken ct) =>
        Session.ConnectAsync(Topology.Members[member], ct);
}
