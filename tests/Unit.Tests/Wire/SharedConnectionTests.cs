using System.Buffers;
using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Wire;

/// <summary>Several tasks on one connection to a server that echoes, in pieces of all sizes.</summary>
public sealed class SharedConnectionTests
{
    private const int Tasks = 8;
    private const int Rounds = 300;

    [Theory(Timeout = 30_000)]
    [InlineData("memory", 1)]
    [InlineData("memory", 2)]
    [InlineData("socket", 3)]
    public async Task Everybody_gets_the_replies_to_their_own_commands(string transport, int seed)
    {
        var (near, far) = transport == "socket" ? await SocketPair.CreateAsync() : DuplexPair.Create();
        var echo = EchoAsync(far, new Random(seed), int.MaxValue);
        await using (var client = await ValkeyConnection.OpenAsync(near, null, "m-0", default))
        {
            var work = Enumerable
                .Range(0, Tasks)
                .Select(i => Task.Run(() => AskAsync(client, i, new Random(seed + i), Rounds)));
            var answered = await Task.WhenAll(work);
            Assert.All(answered, n => Assert.InRange(n, Rounds / 4, Rounds * 5));
            Assert.False(client.IsBroken);
        }
        await echo;
    }

    [Theory(Timeout = 30_000)]
    [InlineData("memory")]
    [InlineData("socket")]
    public async Task When_it_breaks_in_the_middle_nobody_waits_for_ever_and_nobody_gets_a_wrong_reply(string transport)
    {
        var (near, far) = transport == "socket" ? await SocketPair.CreateAsync() : DuplexPair.Create();
        var echo = EchoAsync(far, new Random(5), Tasks * Rounds / 3);
        await using var client = await ValkeyConnection.OpenAsync(near, null, "m-0", default);
        var work = Enumerable
            .Range(0, Tasks)
            .Select(i => Task.Run(() => AskAsync(client, i, new Random(i), int.MaxValue)))
            .Select(async t =>
            {
                var failure = await Assert.ThrowsAsync<OperationFailedException>(() => t);
                Assert.Equal(("m-0", "ECHO"), (failure.Member, failure.Command));
            });
        await Task.WhenAll(work);
        await echo;
        Assert.True(client.IsBroken);
    }

    /// <returns>How many replies came.</returns>
    private static async Task<int> AskAsync(ValkeyConnection client, int task, Random random, int rounds)
    {
        var answered = 0;
        for (var round = 0; round < rounds; round++)
        {
            var texts = Enumerable
                .Range(0, random.Next(1, 5))
                .Select(i => $"{task}-{round}-{i}-{new string('x', random.Next(0, 2000))}")
                .ToArray();
            var commands = texts.Select(t => RespCommand.Of("ECHO", t)).ToImmutableArray();
            using var patience = new CancellationTokenSource();
            var single = random.Next(2) == 0;
            var asked = single
                ? WrapAsync(client.SendAsync(commands[0], patience.Token))
                : client.SendAllAsync(commands, patience.Token);
            if (random.Next(4) == 0)
            {
                await patience.CancelAsync();
            }
            try
            {
                var replies = await asked;
                Assert.Equal(
                    texts.Take(single ? 1 : texts.Length),
                    replies.Select(r => r.AsText()!),
                    StringComparer.Ordinal
                );
                answered += replies.Length;
            }
            catch (OperationCanceledException)
            {
                Assert.True(patience.IsCancellationRequested);
            }
        }
        return answered;
    }

    private static async Task<ImmutableArray<RespValue>> WrapAsync(Task<RespValue> one) => [await one];

    /// <summary>Ends with the stream, or hangs up after so many commands.</summary>
    private static async Task EchoAsync(Stream stream, Random random, int commands)
    {
        await using var _ = stream;
        using var reader = new RespReader(stream);
        var output = new ArrayBufferWriter<byte>();
        try
        {
            while (commands > 0 && await reader.FillAsync(default))
            {
                while (commands > 0 && reader.TryRead(out var command))
                {
                    if (random.Next(10) == 0)
                    {
                        RespWriter.Write(output, new RespValue.Push([RespValue.Bulk.Of("news")]));
                    }
                    RespWriter.Write(output, Assert.IsType<RespValue.Array>(command).Items[1]);
                    commands--;
                }
                for (var rest = output.WrittenMemory; rest.Length > 0; )
                {
                    var piece = Math.Min(rest.Length, random.Next(1, 5000));
                    await stream.WriteAsync(rest[..piece]);
                    await stream.FlushAsync();
                    rest = rest[piece..];
                }
                output.ResetWrittenCount();
            }
        }
        catch (Exception e) when (e is IOException or RespFormatException)
        {
            // The client has hung up, perhaps in the middle of a command.
        }
    }
}
