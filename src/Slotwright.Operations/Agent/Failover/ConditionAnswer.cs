using System.Text.Json.Serialization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;

namespace Slotwright.Operations.Agent.Failover;

/// <param name="Node">The node that it was when the agent last heard of it; null where it never did.</param>
internal sealed record ConditionAnswer(
    NodeId? Node,
    [property: JsonConverter(typeof(JsonStringEnumConverter<MemberCondition>))] MemberCondition Condition
);
