using System.Collections.Immutable;
using System.Net;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Core.Failures;
using Slotwright.Local.Fencing;
using Slotwright.Local.Hosting;
using Slotwright.Local.State;
using Slotwright.Operations.Agent;
using Slotwright.Operations.Agent.Failover;
using Slotwright.Valkey.Connections;

namespace Slotwright.Local.Agents;

/// <summary>A member of a local cluster, as its agent knows it: what is DNS elsewhere is cluster.json here.</summary>
internal sealed class LocalAgentPlace : IAgentPlace
{
    private readonly ClusterFolder _folder;
    private readonly int _ordinal;
    private readonly MemberFolder _member;
    private readonly Func<string?> _operation;

    /// <param name="operation">Who holds the cluster's lock; null for nobody.</param>
    /// <exception cref="OperationFailedException">There is no such cluster that can be read.</exception>
    public LocalAgentPlace(ClusterFolder folder, int ordinal, Func<string?> operation, TimeProvider time)
    {
        (_folder, _ordinal, _operation) = (folder, ordinal, operation);
        var file = Read();
        _member = folder.Member(file.MemberName(ordinal));
        Hostname = file.Hostname(ordinal);
        StartHold = new StartHold(_member.StartHold, _member.Running, time);
    }

    public string Hostname { get; }

    public FailoverOptions Failover => Read().Failover ?? FailoverOptions.Default;

    public IStartHold StartHold { get; }

    public NodeAddress Server => Read().Addresses[_ordinal];

    public IPAddress? Source =>
        Read() is { HasOwnAddresses: true } file ? IPAddress.Parse(file.Addresses[_ordinal].Host) : null;

    /// <summary>Where metrics are served: beside the member's own address, or at a port of its own.</summary>
    public NodeAddress Metrics => MetricsOf(Read(), _ordinal);

    public static NodeAddress MetricsOf(ClusterFile file, int ordinal) => AgentOf(file, file.Addresses[ordinal]);

    public NodeAddress? AgentOf(NodeAddress node) => AgentOf(Read(), node);

    private static NodeAddress AgentOf(ClusterFile file, NodeAddress node)
    {
        const int Port = 9122;
        const int Offset = 20_000;
        return node with { Port = file.HasOwnAddresses ? Port : node.Port + Offset };
    }

    public Credentials? Credentials() => new(null, PasswordFile.Read(_folder));

    public string? HeldBack() => File.Exists(_member.HeldBack) ? File.ReadAllText(_member.HeldBack).Trim() : null;

    public Task<NodeAddress?> ResolveAsync(string hostname, CancellationToken ct)
    {
        var file = Read();
        var ordinal = Enumerable.Range(0, file.Members).FirstOrDefault(o => file.Hostname(o) == hostname, -1);
        return Task.FromResult<NodeAddress?>(ordinal < 0 ? null : file.Addresses[ordinal]);
    }

    public Task<ImmutableArray<NodeAddress>> MembersAsync(CancellationToken ct) =>
        Task.FromResult(Read().Addresses.RemoveAt(_ordinal));

    public Task<string?> OperationAsync(CancellationToken ct) => Task.FromResult(_operation());

    /// <summary>cluster.json has it.</summary>
    public void KeepZone(string zone) { }

    private ClusterFile Read()
    {
        try
        {
            return ClusterFile.Read(_folder);
        }
        catch (IOException e)
        {
            throw DiskErrors.Explain(_folder.Path, e);
        }
    }
}
