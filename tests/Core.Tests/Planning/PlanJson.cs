using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Slotwright.Core.Planning;

namespace Slotwright.Core.Tests.Planning;

/// <summary>A plan as programs see it.</summary>
internal static class PlanJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write(Plan plan) => JsonSerializer.Serialize(plan, Options);

    public static Plan Read(string json) => JsonSerializer.Deserialize<Plan>(json, Options)!;
}
