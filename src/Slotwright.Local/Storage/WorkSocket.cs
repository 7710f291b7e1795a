using System.Net.Sockets;
using System.Text;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Local.Storage;

/// <summary>The path of a server's Unix socket, which the system wants short.</summary>
internal sealed class WorkSocket : IDisposable
{
    private const string Name = "converting.sock";

    /// <summary>sun_path, with its end.</summary>
    private const int Longest = 107;

    private readonly DirectoryInfo? _own;

    private WorkSocket(string folder, DirectoryInfo? own)
    {
        Path = $"{folder}/{Name}";
        _own = own;
    }

    public string Path { get; }

    /// <summary>In that folder, or in one that only its owner can enter where that would be too long.</summary>
    public static WorkSocket In(string folder)
    {
        if (Encoding.UTF8.GetByteCount($"{folder}/{Name}") <= Longest)
        {
            return new WorkSocket(folder, null);
        }
        var own = Directory.CreateTempSubdirectory("slotwright-");
        return new WorkSocket(own.FullName, own);
    }

    /// <returns>Null where there is no reply, or not yet.</returns>
    public async Task<RespValue?> AskAsync(
        RespCommand command,
        TimeSpan patience,
        TimeProvider time,
        CancellationToken ct
    )
    {
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path), either.Token);
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            await using var connection = await ValkeyConnection.OpenAsync(stream, null, Path, either.Token);
            return await connection.SendAsync(command, either.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationFailedException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose()
    {
        File.Delete(Path);
        _own?.Delete(recursive: true);
    }
}
