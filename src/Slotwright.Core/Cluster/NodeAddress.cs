using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Slotwright.Core.Json;

namespace Slotwright.Core.Cluster;

/// <summary>What nodes call a node: an IP address or host name and its client port (1 to 65535).</summary>
[JsonConverter(typeof(TextConverter<NodeAddress>))]
public readonly record struct NodeAddress(string Host, int Port) : IParsable<NodeAddress>
{
    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    public static NodeAddress Parse(string s) => Parse(s, null);

    public static NodeAddress Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var address)
            ? address
            : throw new FormatException($"'{s}' is not an address: expected HOST:PORT");

    /// <summary>Takes <c>host:port</c>, <c>[v6]:port</c>, and the bare <c>v6:port</c> that Valkey itself prints.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out NodeAddress result)
    {
        result = default;
        var colon = s?.LastIndexOf(':') ?? -1;
        if (s is null || colon < 1 || !TryPort(s.AsSpan(colon + 1), out var port))
        {
            return false;
        }
        var host = s[..colon];
        if (host.StartsWith('[') || host.EndsWith(']'))
        {
            if (host.Length < 3 || host[0] != '[' || host[^1] != ']')
            {
                return false;
            }
            host = host[1..^1];
        }
        if (host.Any(c => char.IsWhiteSpace(c) || c is ',' or '/' or '@' or '[' or ']'))
        {
            return false;
        }
        result = new NodeAddress(host, port);
        return true;
    }

    private static bool TryPort(ReadOnlySpan<char> s, out int port) =>
        int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535;
}
