using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Targets;

/// <summary>Any cluster that can be reached.</summary>
public interface IClusterTarget : IAsyncDisposable
{
    /// <summary>As it is written on the command line: <c>local:main</c>, <c>nodes:10.0.0.1:6379</c>.</summary>
    string Name { get; }

    /// <summary>How long one of its nodes may take to say what it sees, with the time that it takes to be reached.</summary>
    TimeSpan AnswerBudget => ClusterSession.AnswerBudget;

    /// <summary>What was amiss when its members were listed last, though they could be listed: warnings.</summary>
    ImmutableArray<Finding> Doubts => [];

    /// <summary>Replicas that every shard should have; null where nobody said it.</summary>
    ValueTask<int?> GetReplicasWantedAsync(CancellationToken ct) => ValueTask.FromResult<int?>(null);

    ValueTask<Credentials?> GetCredentialsAsync(CancellationToken ct);

    /// <summary>
    /// Where its password comes from, for people, if that can be changed without the members: <c>the Secret
    /// prod/valkey-auth</c>. Null where it can't be, and before the password was asked for.
    /// </summary>
    string? PasswordPlace => null;

    /// <summary>
    /// The members that the target itself knows. On <c>nodes:</c> these are only the seeds; the rest is found by
    /// asking them.
    /// </summary>
    Task<ImmutableArray<Member>> ListMembersAsync(CancellationToken ct);

    /// <summary>Bytes to the node that its peers know by this address: TCP, TLS or port-forward. MOVED targets too.</summary>
    /// <exception cref="Slotwright.Core.Failures.OperationFailedException">Nobody answers there.</exception>
    ValueTask<Stream> ConnectAsync(NodeAddress address, CancellationToken ct);

    /// <summary>One operation at a time is kept to; where not, whatever another has left open stops an operation.</summary>
    bool HasLock => true;

    /// <summary>One operation at a time.</summary>
    /// <exception cref="Slotwright.Core.Failures.RefusedException">No operation can change this target.</exception>
    /// <exception cref="ClusterBusyException">Another operation holds the lock.</exception>
    Task<IOperationLock> LockAsync(string operation, CancellationToken ct);
}
