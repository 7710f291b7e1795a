namespace Slotwright.Core.Configuration;

/// <summary>One directive of a valkey.conf, as it was written.</summary>
/// <param name="Name">Lower case, without quotes.</param>
/// <param name="Arguments">What follows the name, verbatim; empty where nothing does.</param>
public sealed record ConfigLine(string Name, string Arguments)
{
    public override string ToString() => Arguments.Length == 0 ? Name : $"{Name} {Arguments}";
}
