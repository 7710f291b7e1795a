using System.Buffers;
using System.Text;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Wire;

/// <summary>The other side of a connection: a test reads the commands that arrive and writes what it likes.</summary>
internal sealed class FakeServer(Stream stream) : IAsyncDisposable
{
    private readonly RespReader _commands = new(stream);

    /// <returns>The command's words; null where the client has closed.</returns>
    public async Task<string[]?> TakeAsync() =>
        await _commands.ReadAsync(CancellationToken.None) is RespValue.Array command
            ? [.. command.Items.Select(i => i.AsText()!)]
            : null;

    public async Task<string[][]> TakeAsync(int count)
    {
        var commands = new List<string[]>();
        while (commands.Count < count)
        {
            commands.Add(await TakeAsync() ?? throw new EndOfStreamException());
        }
        return [.. commands];
    }

    public async Task SayAsync(string bytes)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes));
        await stream.FlushAsync();
    }

    public async Task SayAsync(params RespValue[] replies)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var reply in replies)
        {
            RespWriter.Write(output, reply);
        }
        await stream.WriteAsync(output.WrittenMemory);
        await stream.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        _commands.Dispose();
    }
}
