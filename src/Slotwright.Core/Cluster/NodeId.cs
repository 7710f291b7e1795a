using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Slotwright.Core.Json;

namespace Slotwright.Core.Cluster;

/// <summary>
/// A node's name: 40 lower-case hex digits. It is the identity of a node, since addresses change and hostnames can
/// be given to another.
/// </summary>
[JsonConverter(typeof(TextConverter<NodeId>))]
public readonly record struct NodeId : IParsable<NodeId>, IComparable<NodeId>
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly string? _value;

    private NodeId(string value) => _value = value;

    public string Value => _value ?? "";

    /// <summary>The first eight digits, for people.</summary>
    public string Short => Value.Length == 40 ? Value[..8] : Value;

    public int CompareTo(NodeId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    public static NodeId Parse(string s) => Parse(s, null);

    public static NodeId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id)
            ? id
            : throw new FormatException($"'{s}' is not a node id: expected 40 hex digits");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out NodeId result)
    {
        if (s is { Length: 40 } && !s.AsSpan().ContainsAnyExcept(Digits))
        {
            result = new NodeId(s);
            return true;
        }
        result = default;
        return false;
    }
}
