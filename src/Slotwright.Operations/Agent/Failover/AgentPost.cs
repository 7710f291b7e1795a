using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>One question to another agent: a POST over a connection of its own.</summary>
internal sealed class AgentPost(IAgentPlace place, TimeProvider time)
{
    private const int LongestAnswer = 16 * 1024;

    /// <returns>Null where it does not answer in time, or not as one that has the password.</returns>
    public async Task<TAnswer?> AskAsync<TQuestion, TAnswer>(
        NodeAddress agent,
        string path,
        TQuestion question,
        JsonTypeInfo<TQuestion> asked,
        JsonTypeInfo<TAnswer> answered,
        TimeSpan patience,
        CancellationToken ct
    )
        where TAnswer : class
    {
        using var end = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, end.Token);
        try
        {
            var seal = new AgentSeal(place.Credentials()?.Password);
            var nonce = AgentSeal.NewNonce();
            var body = seal.SealQuestion(path, nonce, JsonSerializer.Serialize(question, asked));
            var reply = await PostAsync(agent, path, body, either.Token);
            return reply is not null && seal.OpenAnswer(path, nonce, reply) is { } words
                ? JsonSerializer.Deserialize(words, answered)
                : null;
        }
        catch (Exception e)
            when (e is IOException or OperationCanceledException or JsonException or OperationFailedException)
        {
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }

    private async Task<string?> PostAsync(NodeAddress agent, string path, string body, CancellationToken ct)
    {
        await using var stream = await place.DialAsync(agent, time, ct);
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: {agent}\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n"
        );
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. bytes], ct);
        var buffer = new byte[LongestAnswer];
        var length = 0;
        while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), ct) is > 0 and var read)
        {
            length += read;
        }
        var text = Encoding.UTF8.GetString(buffer, 0, length);
        return
            text.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal)
            && text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end
            ? text[(end + 4)..]
            : null;
    }
}
