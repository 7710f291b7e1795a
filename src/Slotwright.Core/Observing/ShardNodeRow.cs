using Slotwright.Core.Cluster;

namespace Slotwright.Core.Observing;

/// <summary>One node of a shard in CLUSTER SHARDS.</summary>
/// <param name="Health"><c>online</c>, <c>failed</c> or <c>loading</c>.</param>
/// <param name="Zone">Its availability zone, where the server tells it; empty for none.</param>
public sealed record ShardNodeRow(
    NodeId Id,
    string Endpoint,
    string Ip,
    string Hostname,
    int Port,
    int TlsPort,
    bool IsPrimary,
    long Offset,
    string Health,
    string Zone
);
