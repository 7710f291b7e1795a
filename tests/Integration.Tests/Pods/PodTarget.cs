using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Connections;

namespace Slotwright.Integration.Tests.Pods;

/// <summary>A sandbox's pods, whose hostnames no DNS has: servers send clients to them all the same.</summary>
internal sealed class PodTarget(IReadOnlyList<TestPod> pods) : IClusterTarget
{
    private readonly NodesTarget _nodes = new(
        [.. pods.Select(p => p.Address)],
        ImmutableDictionary<string, string>.Empty,
        _ => ValueTask.FromResult<Credentials?>(new Credentials(null, PodSandbox.Password)),
        TimeProvider.System
    );

    public string Name => _nodes.Name;

    public ValueTask<Credentials?> GetCredentialsAsync(CancellationToken ct) => _nodes.GetCredentialsAsync(ct);

    public Task<ImmutableArray<Member>> ListMembersAsync(CancellationToken ct) => _nodes.ListMembersAsync(ct);

    public ValueTask<Stream> ConnectAsync(NodeAddress address, CancellationToken ct) =>
        _nodes.ConnectAsync(pods.FirstOrDefault(p => p.Hostname == address.Host)?.Address ?? address, ct);

    public Task<IOperationLock> LockAsync(string operation, CancellationToken ct) => _nodes.LockAsync(operation, ct);

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();
}
