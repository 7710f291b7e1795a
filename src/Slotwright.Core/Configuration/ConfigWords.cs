using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Slotwright.Core.Configuration;

/// <summary>The arguments of a line of valkey.conf as the server takes them apart, without quotes and escapes.</summary>
public static class ConfigWords
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <returns>Null where a quote is not closed, something follows its end, or a word is no text in UTF-8.</returns>
    public static ImmutableArray<string>? Split(string arguments)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var bytes = Encoding.UTF8.GetBytes(arguments).AsSpan();
        while (true)
        {
            bytes = bytes.TrimStart(" \t\r\n"u8);
            if (bytes.IsEmpty)
            {
                return words.ToImmutable();
            }
            if (Word(ref bytes) is not { } word)
            {
                return null;
            }
            words.Add(word);
        }
    }

    private static string? Word(ref Span<byte> bytes)
    {
        var word = new List<byte>();
        var quote = (byte)0;
        var at = 0;
        for (; at < bytes.Length; at++)
        {
            var b = bytes[at];
            if (quote == 0)
            {
                if (" \t\r\n"u8.Contains(b))
                {
                    break;
                }
                if (b is (byte)'"' or (byte)'\'')
                {
                    quote = b;
                    continue;
                }
                word.Add(b);
            }
            else if (b == quote)
            {
                if (at + 1 < bytes.Length && !" \t\r\n"u8.Contains(bytes[at + 1]))
                {
                    return null;
                }
                quote = 0;
            }
            else
            {
                word.Add(b == '\\' && at + 1 < bytes.Length ? Escaped(bytes, quote, ref at) : b);
            }
        }
        bytes = bytes[at..];
        return quote == 0 ? Text(word) : null;
    }

    /// <summary>What stands after a backslash; single quotes know no other escape than their own.</summary>
    private static byte Escaped(ReadOnlySpan<byte> bytes, byte quote, ref int at)
    {
        var next = bytes[at + 1];
        if (quote == '\'')
        {
            return next == quote ? bytes[++at] : (byte)'\\';
        }
        if (
            next == 'x'
            && at + 3 < bytes.Length
            && byte.TryParse(
                bytes.Slice(at + 2, 2),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var hex
            )
        )
        {
            at += 3;
            return hex;
        }
        at++;
        return next switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'b' => (byte)'\b',
            (byte)'a' => (byte)'\a',
            _ => next,
        };
    }

    private static string? Text(List<byte> word)
    {
        try
        {
            return Strict.GetString([.. word]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
