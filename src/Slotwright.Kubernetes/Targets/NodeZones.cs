using System.Collections.Concurrent;
using System.Net;
using k8s.Autorest;
using Slotwright.Core.Failures;
using Slotwright.Kubernetes.Access;

namespace Slotwright.Kubernetes.Targets;

/// <summary>
/// Zones of Kubernetes' nodes, each asked once. Who may not read nodes, which belong to the whole cluster, is not
/// refused for that: servers tell their zones too.
/// </summary>
internal sealed class NodeZones(KubeApi api)
{
    private const string ZoneLabel = "topology.kubernetes.io/zone";

    private readonly ConcurrentDictionary<string, Task<string?>> _zones = new(StringComparer.Ordinal);

    /// <summary>Why zones are not known; null where nodes may be read.</summary>
    public OperationFailedException? Refusal { get; private set; }

    public async Task<IReadOnlyDictionary<string, string?>> OfAsync(IEnumerable<string> nodes, CancellationToken ct)
    {
        var names = nodes.Distinct(StringComparer.Ordinal).ToArray();
        var zones = await Task.WhenAll(names.Select(n => OfAsync(n, ct)));
        return names.Zip(zones).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
    }

    private async Task<string?> OfAsync(string node, CancellationToken ct)
    {
        if (_zones.TryGetValue(node, out var known) && known.IsCompletedSuccessfully)
        {
            return known.Result;
        }
        try
        {
            return await (_zones[node] = AskAsync(node, ct));
        }
        catch (OperationFailedException e)
            when (e.InnerException is HttpOperationException { Response.StatusCode: HttpStatusCode.Forbidden })
        {
            Refusal = e;
            _zones[node] = Task.FromResult<string?>(null);
            return null;
        }
    }

    private async Task<string?> AskAsync(string node, CancellationToken ct) =>
        (await api.NodeAsync(node, ct))?.Metadata.Labels.GetOrDefault(ZoneLabel) is { Length: > 0 } zone ? zone : null;
}
