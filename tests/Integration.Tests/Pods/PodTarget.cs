using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Connections;

namespace Slotwright.Integration.Tests.Pods;

/// <summary>A sandbox's pods, whose hostnames no DNS has: servers send clients to them all the same.</summary>
internal sealed class PodTarget(IReadOnlyList<TestPod> pods) : IClusterTarget
{
    public string Name => Nodes().Name;

    public ValueTask<Credentials?> GetCredentialsAsync(CancellationToken ct) => Nodes().GetCredentialsAsync(ct);

    public Task<ImmutableArray<Member>> ListMembersAsync(CancellationToken ct) => Nodes().ListMembersAsync(ct);

    public ValueTask<Stream> ConnectAsync(NodeAddress address, CancellationToken ct) =>
        Nodes().ConnectAsync(pods.FirstOrDefault(p => p.Hostname == address.Host)?.Address ?? address, ct);

    public Task<IOperationLock> LockAsync(string operation, CancellationToken ct) => Nodes().LockAsync(operation, ct);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Where the pods are now.</summary>
    private NodesTarget Nodes() =>
        new(
            [.. pods.Select(p => p.Address)],
            ImmutableDictionary<string, string>.Empty,
            _ => ValueTask.FromResult<Credentials?>(new Credentials(null, PodSandbox.Password)),
            TimeProvider.System
        );
}
