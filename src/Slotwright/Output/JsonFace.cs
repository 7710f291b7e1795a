using System.Text.Json.Serialization;

namespace Slotwright.Output;

/// <summary>The JSON documents that the program prints, one an output.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ErrorDocument))]
internal sealed partial class JsonFace : JsonSerializerContext;
