using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using k8s;
using k8s.Models;

namespace Slotwright.Unit.Tests.Kubernetes;

/// <summary>
/// Stands in for Kubernetes' API server, on loopback, since CI has no Kubernetes. It speaks the few endpoints that
/// Slotwright uses, as the real one does: lists by equal labels, objects by name, Status objects for errors, RBAC's
/// and the credentials' refusals, and port-forward by WebSocket to wherever a test says that a pod's server is.
/// What it can't show, that a real API server does the same, was tried by hand on real kubelets.
/// </summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private const string ForwardProtocol = "v4.channel.k8s.io";

    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, IKubernetesObject<V1ObjectMeta>> _objects = new(
        StringComparer.Ordinal
    );
    private readonly ConcurrentDictionary<string, IPEndPoint> _servers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Code, string Words)> _refusals = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> _running = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slotwright-kube-");
    private readonly Task _serving;

    public FakeApiServer()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://{free.LocalEndpoint}";
        }
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _serving = ServeAsync();
        WriteKubeConfig();
    }

    public string Address { get; }

    public string KubeConfig => Path.Combine(_folder.FullName, "config");

    /// <summary>The one that is taken; null for any.</summary>
    public string? Token { get; set; }

    /// <summary>What was asked: <c>GET /api/v1/nodes/n-0</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Pods whose port was forwarded, once for each stream.</summary>
    public ConcurrentQueue<string> Forwarded { get; } = new();

    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void WriteKubeConfig(string user = "token: secret-token", string context = "here") =>
        Write(
            "config",
            $$"""
            apiVersion: v1
            kind: Config
            current-context: {{context}}
            clusters:
            - name: fake
              cluster:
                server: {{Address}}
            users:
            - name: me
              user:
                {{user.ReplaceLineEndings("\n    ")}}
            contexts:
            - name: here
              context:
                cluster: fake
                user: me
            - name: elsewhere
              context:
                cluster: fake
                user: me
            """
        );

    public void Put(IKubernetesObject<V1ObjectMeta> thing) => _objects[PathOf(thing)] = thing;

    public void Remove(IKubernetesObject<V1ObjectMeta> thing) => _objects.TryRemove(PathOf(thing), out _);

    /// <summary>What a pod's port-forward leads to; without one, nobody listens in the pod.</summary>
    public void Serve(string pod, IPEndPoint server) => _servers[pod] = server;

    public T? Find<T>(string path)
        where T : class => _objects.GetValueOrDefault(path) as T;

    /// <summary>Everything whose path has these words is refused from now on.</summary>
    public void Refuse(string path, int code, string words) => _refusals[path] = (code, words);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Close();
        await _serving;
        await Task.WhenAll(_running);
        _folder.Delete(recursive: true);
        _end.Dispose();
    }

    private static string PathOf(IKubernetesObject<V1ObjectMeta> thing)
    {
        var (group, kind, ns) = thing switch
        {
            V1StatefulSet => ("/apis/apps/v1", "statefulsets", true),
            V1Pod => ("/api/v1", "pods", true),
            V1Secret => ("/api/v1", "secrets", true),
            V1Node => ("/api/v1", "nodes", false),
            V1Namespace => ("/api/v1", "namespaces", false),
            V1PodDisruptionBudget => ("/apis/policy/v1", "poddisruptionbudgets", true),
            V1StorageClass => ("/apis/storage.k8s.io/v1", "storageclasses", false),
            _ => throw new NotSupportedException(thing.GetType().Name),
        };
        return ns
            ? $"{group}/namespaces/{thing.Metadata.NamespaceProperty}/{kind}/{thing.Metadata.Name}"
            : $"{group}/{kind}/{thing.Metadata.Name}";
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _running.Add(Task.Run(() => AnswerAsync(context)));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        Asked.Enqueue($"{context.Request.HttpMethod} {path}");
        try
        {
            var refusal = _refusals.FirstOrDefault(r => path.Contains(r.Key, StringComparison.Ordinal)).Value;
            if (Token is { } token && context.Request.Headers["Authorization"] != $"Bearer {token}")
            {
                refusal = (401, "Unauthorized");
            }
            if (refusal.Code > 0)
            {
                await StatusAsync(context, refusal.Code, refusal.Words);
            }
            else if (context.Request.IsWebSocketRequest)
            {
                await ForwardAsync(context, path.Split('/')[^2]);
            }
            else if (context.Request.HttpMethod == "POST")
            {
                await CreateAsync(context, path);
            }
            else if (_objects.TryGetValue(path, out var one))
            {
                await SendAsync(context, 200, KubernetesJson.Serialize((object)one));
            }
            else if (IsCollection(path))
            {
                await ListAsync(context, path);
            }
            else
            {
                await StatusAsync(context, 404, $"{path} not found");
            }
        }
        catch (Exception e)
            when (e
                    is HttpListenerException
                        or ObjectDisposedException
                        or IOException
                        or OperationCanceledException
                        or WebSocketException
                        or SocketException
                        or InvalidOperationException
            ) { }
    }

    private static bool IsCollection(string path) =>
        path.EndsWith("/pods", StringComparison.Ordinal)
        || path.EndsWith("/statefulsets", StringComparison.Ordinal)
        || path.EndsWith("/poddisruptionbudgets", StringComparison.Ordinal);

    private async Task ListAsync(HttpListenerContext context, string path)
    {
        var wanted = (context.Request.QueryString["labelSelector"] ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split('='))
            .ToDictionary(l => l[0], l => l[^1], StringComparer.Ordinal);
        var items = _objects
            .Where(o => o.Key.StartsWith(path + "/", StringComparison.Ordinal))
            .OrderBy(o => o.Key, StringComparer.Ordinal)
            .Select(o => o.Value)
            .Where(o => wanted.All(w => o.Metadata.Labels is { } l && l.TryGetValue(w.Key, out var v) && v == w.Value));
        var kind = path.Split('/')[^1];
        await SendAsync(
            context,
            200,
            $$"""{"kind":"{{kind}}List","apiVersion":"v1","metadata":{},"items":[{{string.Join(',', items.Select(i => KubernetesJson.Serialize((object)i)))}}]}"""
        );
    }

    private async Task CreateAsync(HttpListenerContext context, string path)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var secret = KubernetesJson.Deserialize<V1Secret>(await reader.ReadToEndAsync());
        foreach (var (name, text) in secret.StringData ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            secret.Data ??= new Dictionary<string, byte[]>(StringComparer.Ordinal);
            secret.Data[name] = Encoding.UTF8.GetBytes(text);
        }
        secret.StringData = null;
        if (_objects.TryAdd($"{path}/{secret.Metadata.Name}", secret))
        {
            await SendAsync(context, 201, KubernetesJson.Serialize((object)secret));
        }
        else
        {
            await StatusAsync(context, 409, $"secrets \"{secret.Metadata.Name}\" already exists");
        }
    }

    private static Task StatusAsync(HttpListenerContext context, int code, string words) =>
        SendAsync(
            context,
            code,
            $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":{{System.Text.Json.JsonSerializer.Serialize(words)}},"code":{{code}}}"""
        );

    private static async Task SendAsync(HttpListenerContext context, int code, string json)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(json));
        context.Response.Close();
    }

    /// <summary>As the kubelet does it: each channel's first message is the port, then data goes both ways.</summary>
    private async Task ForwardAsync(HttpListenerContext context, string pod)
    {
        Forwarded.Enqueue(pod);
        var port = int.Parse(context.Request.QueryString["ports"]!, null);
        using var socket = (await context.AcceptWebSocketAsync(ForwardProtocol)).WebSocket;
        byte[] header = [0, (byte)port, (byte)(port >> 8)];
        await SendAsync(socket, header);
        header[0] = 1;
        await SendAsync(socket, header);
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(
                _servers.GetValueOrDefault(pod) ?? new IPEndPoint(IPAddress.Loopback, 1),
                _end.Token
            );
        }
        catch (SocketException)
        {
            await SendAsync(
                socket,
                [
                    1,
                    .. Encoding.UTF8.GetBytes(
                        $"error forwarding port {port} to pod {pod}: dial tcp4 127.0.0.1:{port}: connect: connection refused"
                    ),
                ]
            );
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, _end.Token);
            return;
        }
        var stream = server.GetStream();
        await Task.WhenAny(ToClientAsync(stream, socket), ToServerAsync(socket, stream));
    }

    private async Task ToClientAsync(NetworkStream from, WebSocket to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer.AsMemory(1), _end.Token) is > 0 and var count)
        {
            buffer[0] = 0;
            await to.SendAsync(buffer.AsMemory(0, count + 1), WebSocketMessageType.Binary, true, _end.Token);
        }
        await to.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _end.Token);
    }

    private async Task ToServerAsync(WebSocket from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        var isFirst = true;
        while (true)
        {
            var received = await from.ReceiveAsync(buffer.AsMemory(), _end.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return;
            }
            await to.WriteAsync(buffer.AsMemory(isFirst ? 1 : 0, received.Count - (isFirst ? 1 : 0)), _end.Token);
            isFirst = received.EndOfMessage;
        }
    }

    private Task SendAsync(WebSocket socket, byte[] message) =>
        socket.SendAsync(message, WebSocketMessageType.Binary, true, _end.Token);
}
