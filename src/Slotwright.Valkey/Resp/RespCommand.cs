using System.Collections.Immutable;
using System.Text;

namespace Slotwright.Valkey.Resp;

/// <summary>A command and its arguments, as bytes.</summary>
public sealed record RespCommand(ImmutableArray<ReadOnlyMemory<byte>> Arguments)
{
    public static RespCommand Of(params ReadOnlySpan<string> words)
    {
        var arguments = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(words.Length);
        foreach (var word in words)
        {
            arguments.Add(Encoding.UTF8.GetBytes(word));
        }
        return new RespCommand(arguments.DrainToImmutable());
    }

    public string Name => Encoding.UTF8.GetString(Arguments[0].Span);
}
