using System.Collections.Immutable;
using System.Text;

namespace Slotwright.Valkey.Resp;

/// <summary>A command and its arguments, as bytes. Its text form is its title alone: arguments may be secret.</summary>
public sealed record RespCommand(ImmutableArray<ReadOnlyMemory<byte>> Arguments)
{
    private const int LongestName = 32;

    /// <summary>Commands whose second word says what they do.</summary>
    private static readonly ImmutableArray<string> Containers =
    [
        "ACL",
        "CLIENT",
        "CLUSTER",
        "COMMAND",
        "COMMANDLOG",
        "CONFIG",
        "DEBUG",
        "FUNCTION",
        "LATENCY",
        "MEMORY",
        "MODULE",
        "OBJECT",
        "PUBSUB",
        "SCRIPT",
        "SLOWLOG",
        "XGROUP",
        "XINFO",
    ];

    public static RespCommand Of(params ReadOnlySpan<string> words)
    {
        var arguments = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(words.Length);
        foreach (var word in words)
        {
            arguments.Add(Encoding.UTF8.GetBytes(word));
        }
        return new RespCommand(arguments.DrainToImmutable());
    }

    /// <param name="words">Name and arguments; the bytes are not copied, and must not change until the reply has come.</param>
    public static RespCommand OfBytes(params ReadOnlySpan<ReadOnlyMemory<byte>> words) => new([.. words]);

    /// <summary>The first word as it was given.</summary>
    public string Name => Arguments.IsEmpty ? "" : Encoding.UTF8.GetString(Arguments[0].Span);

    /// <summary>
    /// What messages call it: its name in capitals, with the sub-command where it has them (<c>CLUSTER NODES</c>),
    /// never an argument.
    /// </summary>
    public string Title =>
        Word(0) is var name && Arguments.Length > 1 && Containers.Contains(name, StringComparer.Ordinal)
            ? $"{name} {Word(1)}"
            : name;

    public override string ToString() => Title;

    private string Word(int index)
    {
        if (index >= Arguments.Length)
        {
            return "";
        }
        var word = Arguments[index].Span;
        var text = Encoding.UTF8.GetString(word[..Math.Min(word.Length, LongestName)]);
        return Printable.Plain(text).ToUpperInvariant();
    }
}
