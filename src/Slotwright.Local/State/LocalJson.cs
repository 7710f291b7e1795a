using System.Text.Json.Serialization;

namespace Slotwright.Local.State;

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(ClusterFile))]
[JsonSerializable(typeof(ProcessFile))]
[JsonSerializable(typeof(LockHolder))]
[JsonSerializable(typeof(HurtFile))]
internal sealed partial class LocalJson : JsonSerializerContext;
