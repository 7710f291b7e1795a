using System.Collections.Immutable;

namespace Slotwright.Valkey.Parsing;

/// <summary>The fields of one reply by their names.</summary>
internal readonly struct Fields(string command, ImmutableDictionary<string, string> values)
{
    public static Fields Read(string text, string command)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in FieldLines.Read(text, command))
        {
            // Only INFO's line for each module has a name that comes again.
            values[name] = values.TryGetValue(name, out var before) ? $"{before}\n{value}" : value;
        }
        return new Fields(command, values.ToImmutable());
    }

    public ImmutableDictionary<string, string> Values => values;

    public string? Find(string name) => values.GetValueOrDefault(name);

    public string Text(string name) =>
        Find(name) ?? throw new ReplyFormatException(command, name, "the field is missing", "");

    public long Number(string name) => At(name).Number(Text(name));

    public int SmallNumber(string name) => At(name).SmallNumber(Text(name));

    public Place At(string name) => new(command, name);
}
