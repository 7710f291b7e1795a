using Slotwright.Core.Cluster;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Routing;

/// <summary>A reply that came after its caller had given the command up, or had sent it elsewhere.</summary>
/// <param name="AnsweredAt">Timestamp of the client's clock.</param>
public readonly record struct LateReply(
    int Slot,
    RespCommand Command,
    RespValue Reply,
    NodeAddress By,
    long AnsweredAt
);
