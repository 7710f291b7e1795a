using System.Text.Json.Serialization;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>What agents say to each other.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DeathNotice))]
[JsonSerializable(typeof(NoticeAnswer))]
[JsonSerializable(typeof(NodeQuestion))]
[JsonSerializable(typeof(SightAnswer))]
[JsonSerializable(typeof(ConditionAnswer))]
internal sealed partial class AgentJson : JsonSerializerContext;
