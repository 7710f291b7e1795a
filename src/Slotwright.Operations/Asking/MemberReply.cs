using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Asking;

/// <summary>What one member answered, or why it did not: exactly one of Reply and Failure is set.</summary>
public sealed record MemberReply(Member Member, RespValue? Reply, OperationFailedException? Failure);
