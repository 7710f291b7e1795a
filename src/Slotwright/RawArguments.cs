using System.Collections.Immutable;
using System.Text;

namespace Slotwright;

/// <summary>
/// Arguments as bytes: .NET reads them as UTF-8 and replaces what is none, which would store another key than was
/// asked for.
/// </summary>
internal static class RawArguments
{
    private const string ProcessFile = "/proc/self/cmdline";
    private const char Replaced = '\ufffd';

    /// <summary>The bytes of words that are the last of a command line, or near its end.</summary>
    /// <param name="commandLine">Every argument of the process, each ended by a zero byte.</param>
    public static ImmutableArray<ReadOnlyMemory<byte>> Of(IReadOnlyList<string> words, ReadOnlyMemory<byte> commandLine)
    {
        var given = Split(commandLine);
        var next = given.Length - 1;
        var result = new ReadOnlyMemory<byte>[words.Count];
        for (var i = words.Count - 1; i >= 0; i--)
        {
            var at = next;
            while (at >= 0 && Encoding.UTF8.GetString(given[at].Span) != words[i])
            {
                at--;
            }
            result[i] = at >= 0 ? given[at] : Encoding.UTF8.GetBytes(words[i]);
            next = at >= 0 ? at - 1 : next;
        }
        return [.. result];
    }

    /// <summary>The bytes of words of this process's command line.</summary>
    public static ImmutableArray<ReadOnlyMemory<byte>> OfProcess(IReadOnlyList<string> words) =>
        Of(
            words,
            words.Any(w => w.Contains(Replaced)) && File.Exists(ProcessFile) ? File.ReadAllBytes(ProcessFile) : default
        );

    private static ImmutableArray<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> commandLine)
    {
        var parts = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        while (commandLine.Span.IndexOf((byte)0) is >= 0 and var end)
        {
            parts.Add(commandLine[..end]);
            commandLine = commandLine[(end + 1)..];
        }
        return parts.DrainToImmutable();
    }
}
