using System.Text.Json;

namespace Slotwright.Chart.Tests.Support;

/// <summary>values.schema.json.</summary>
internal static class ValuesSchema
{
    private static readonly JsonElement Root = JsonDocument.Parse(ChartFolder.Read("values.schema.json")).RootElement;

    public static string Draft => Root.GetProperty("$schema").GetString()!;

    /// <summary>Whether the path is a value itself: no object whose keys the schema lists.</summary>
    public static bool IsLeaf(string path) => Find(path) is { } found && !IsClosed(found);

    public static bool IsKnown(string path) => Find(path) is not null;

    /// <summary>Whether the path lies in an object whose keys the schema leaves open, or does not all list as keys.</summary>
    public static bool IsInOpen(string path) =>
        path.LastIndexOf('.') is > 0 and var dot && (IsLeaf(path[..dot]) || IsInOpen(path[..dot]));

    /// <summary>All keys, closed objects and their keys.</summary>
    public static IEnumerable<string> Paths() => Paths("", Root);

    public static string TypeOf(string path)
    {
        var schema = Find(path)!.Value;
        if (schema.TryGetProperty("enum", out var values))
        {
            return string.Join(" | ", values.EnumerateArray().Select(v => v.GetString()));
        }
        if (schema.TryGetProperty("anyOf", out var any))
        {
            return string.Join(" | ", any.EnumerateArray().Select(a => Type(Resolve(a))));
        }
        return Type(schema);
    }

    /// <summary>Objects that list keys and take others too, but for those of a kind that is Kubernetes'.</summary>
    public static IEnumerable<string> OpenObjectsWithProperties() =>
        Paths("", Root)
            .Where(p => p != "global" && Find(p) is { } s && s.TryGetProperty("properties", out _) && !IsStrict(s));

    private static IEnumerable<string> Paths(string prefix, JsonElement schema)
    {
        foreach (var property in schema.GetProperty("properties").EnumerateObject())
        {
            yield return prefix + property.Name;
            var inner = Resolve(property.Value);
            if (IsClosed(inner))
            {
                foreach (var path in Paths($"{prefix}{property.Name}.", inner))
                {
                    yield return path;
                }
            }
        }
    }

    private static JsonElement? Find(string path)
    {
        var schema = Root;
        foreach (var key in path.Split('.'))
        {
            if (!IsClosed(schema) || !schema.GetProperty("properties").TryGetProperty(key, out var inner))
            {
                return null;
            }
            schema = Resolve(inner);
        }
        return schema;
    }

    private static JsonElement Resolve(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? Root.GetProperty("definitions").GetProperty(reference.GetString()!.Split('/')[^1])
            : schema;

    /// <summary>An object of ours, with its keys listed; those that Kubernetes defines may be null as a whole.</summary>
    private static bool IsClosed(JsonElement schema) =>
        schema.TryGetProperty("type", out var type)
        && type.ValueKind == JsonValueKind.String
        && type.GetString() == "object"
        && schema.TryGetProperty("properties", out _);

    private static bool IsStrict(JsonElement schema) =>
        schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False;

    private static string Type(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? "any"
        : type.ValueKind == JsonValueKind.String ? type.GetString()!
        : string.Join(" | ", type.EnumerateArray().Select(t => t.GetString()).Where(t => t != "null"));
}
