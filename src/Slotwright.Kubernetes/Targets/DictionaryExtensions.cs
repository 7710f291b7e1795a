namespace Slotwright.Kubernetes.Targets;

/// <summary>Labels and annotations, which may not be there at all.</summary>
internal static class DictionaryExtensions
{
    public static string? GetOrDefault(this IDictionary<string, string>? values, string key) =>
        values is not null && values.TryGetValue(key, out var value) ? value : null;
}
