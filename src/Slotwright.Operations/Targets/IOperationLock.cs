namespace Slotwright.Operations.Targets;

/// <summary>The right to change a cluster, until it is disposed of or lost.</summary>
public interface IOperationLock : IAsyncDisposable
{
    /// <summary>Asked before each step.</summary>
    /// <exception cref="ClusterBusyException">The lock was lost to another.</exception>
    ValueTask EnsureHeldAsync(CancellationToken ct);
}
