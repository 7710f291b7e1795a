using System.Globalization;
using Slotwright.Core.Cluster;

namespace Slotwright.Valkey.Parsing;

/// <summary>Where in a reply a piece of text stands, and the readings of small values that can fail there.</summary>
/// <param name="Field">What within Where; only put into words when it is complained about, since there are thousands.</param>
internal readonly record struct Place(string Command, string Where, string? Field = null)
{
    public static Place Line(string command, int index) => new(command, $"line {index + 1}");

    public Place At(string field) => new(Command, InWords, field);

    public ReplyFormatException Wrong(string problem, string offending) => new(Command, InWords, problem, offending);

    private string InWords => Field is null ? Where : $"{Where}, {Field}";

    /// <summary>A whole number of at least 0.</summary>
    public long Number(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong("not a whole number of at least 0", text.ToString());

    public int SmallNumber(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong($"not a whole number of 0 to {int.MaxValue}", text.ToString());

    public int Port(ReadOnlySpan<char> text) =>
        SmallNumber(text) is <= 65535 and var port ? port : throw Wrong("not a port (0 to 65535)", text.ToString());

    public NodeId Id(string text) =>
        NodeId.TryParse(text, null, out var id) ? id : throw Wrong("not a node id (40 hex digits)", text);

    public bool Flag(ReadOnlySpan<char> text) =>
        text switch
        {
            "0" => false,
            "1" => true,
            _ => throw Wrong("neither 0 nor 1", text.ToString()),
        };
}
