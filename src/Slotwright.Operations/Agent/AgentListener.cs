using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slotwright.Operations.Agent;

/// <summary>
/// Answers GET and HEAD of a few paths by HTTP/1.1, and what other agents post, a request a connection. ASP.NET Core would
/// make the program, which is copied into every pod, a sixth larger, for a few pages of text.
/// </summary>
/// <param name="page">From a path to its page; null where there is none.</param>
/// <param name="post">From a path and what was posted to the answer; null where there is none.</param>
public sealed class AgentListener(
    IPEndPoint listen,
    Func<string, HttpPage?> page,
    Func<string, string, CancellationToken, Task<HttpPage?>> post,
    TimeProvider time
)
{
    private const int LongestRequest = 16 * 1024;
    private const int AtOnce = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Until it is cancelled.</summary>
    /// <exception cref="IOException">The port can't be had.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        using var socket = Listen();
        using var room = new SemaphoreSlim(AtOnce);
        while (true)
        {
            await room.WaitAsync(ct);
            _ = AnswerAsync(await AcceptAsync(socket, ct), room, ct);
        }
    }

    private static async Task<Socket?> AcceptAsync(Socket socket, CancellationToken ct)
    {
        try
        {
            return await socket.AcceptAsync(ct);
        }
        catch (SocketException)
        {
            return null; // the caller has gone already
        }
    }

    private Socket Listen()
    {
        try
        {
            return Bound(listen);
        }
        catch (SocketException) when (listen.Address.Equals(IPAddress.IPv6Any))
        {
            return Bound(new IPEndPoint(IPAddress.Any, listen.Port)); // a kernel without IPv6
        }
    }

    private static Socket Bound(IPEndPoint at)
    {
        var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (at.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }
            socket.Bind(at);
            socket.Listen();
            return socket;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new IOException($"{at} is taken by another process", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task AnswerAsync(Socket? caller, SemaphoreSlim room, CancellationToken ct)
    {
        try
        {
            if (caller is not null)
            {
                using var stream = new NetworkStream(caller, ownsSocket: true);
                using var patience = new CancellationTokenSource(Patience, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
                var request = await RequestAsync(stream, either.Token);
                await stream.WriteAsync(await ReplyAsync(request, either.Token), either.Token);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // whoever asked has gone, or was too slow
        }
        finally
        {
            Release(room);
        }
    }

    private static void Release(SemaphoreSlim room)
    {
        try
        {
            room.Release();
        }
        catch (ObjectDisposedException)
        {
            // the listener has ended meanwhile
        }
    }

    /// <summary>All of it is read, since an unread rest would break the connection before the answer is there.</summary>
    /// <returns>The first line and what was posted; empty where it is too long or ends too early.</returns>
    private static async Task<(string Line, string Body)> RequestAsync(NetworkStream stream, CancellationToken ct)
    {
        var buffer = new byte[LongestRequest];
        var length = 0;
        while (true)
        {
            if (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
            {
                var head = Encoding.ASCII.GetString(buffer, 0, end);
                var body = end + 4;
                if (ContentLength(head) is { } wanted && length - body >= wanted)
                {
                    return (head.Split('\r')[0], Encoding.UTF8.GetString(buffer, body, wanted));
                }
            }
            var read = length < buffer.Length ? await stream.ReadAsync(buffer.AsMemory(length), ct) : 0;
            if (read == 0)
            {
                return ("", "");
            }
            length += read;
        }
    }

    /// <returns>0 where there is none, null where it makes no sense.</returns>
    private static int? ContentLength(string head)
    {
        const string Name = "content-length:";
        return head.Split("\r\n").FirstOrDefault(l => l.StartsWith(Name, StringComparison.OrdinalIgnoreCase))
                is not { } line
                ? 0
            : int.TryParse(line.AsSpan(Name.Length), CultureInfo.InvariantCulture, out var length) && length >= 0
                ? length
            : null;
    }

    private async Task<byte[]> ReplyAsync((string Line, string Body) request, CancellationToken ct)
    {
        if (request.Line.Split(' ') is not [var method, var target, "HTTP/1.0" or "HTTP/1.1"])
        {
            return Reply(new HttpPage(400, "the request can't be read\n"), hasBody: true);
        }
        var path = target.Split('?')[0];
        if (method == "POST" && await post(path, request.Body, ct) is { } answer)
        {
            return Reply(answer, hasBody: true);
        }
        if (method is not ("GET" or "HEAD"))
        {
            return Reply(new HttpPage(405, "only GET and HEAD\n"), hasBody: true);
        }
        return Reply(page(path) ?? new HttpPage(404, "there is /metrics and /healthz\n"), method == "GET");
    }

    private static byte[] Reply(HttpPage page, bool hasBody)
    {
        var body = Encoding.UTF8.GetBytes(page.Body);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {page.Status} {page.Words}\r\nContent-Type: {page.ContentType}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"
        );
        return [.. Encoding.ASCII.GetBytes(head), .. hasBody ? body : []];
    }
}
