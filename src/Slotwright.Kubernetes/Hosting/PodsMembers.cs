using System.Collections.Immutable;
using k8s.Models;
using Slotwright.Core.Cluster;
using Slotwright.Kubernetes.Access;
using Slotwright.Kubernetes.Targets;

namespace Slotwright.Kubernetes.Hosting;

/// <summary>Members by their pods, with the zones of the nodes that these run on: get and list pods, get nodes.</summary>
public sealed class PodsMembers : IMemberSource
{
    private readonly ReleaseSpec _spec;
    private readonly Release _release;
    private readonly KubeApi _api;
    private readonly NodeZones _zones;
    private ImmutableDictionary<string, V1Pod> _pods = ImmutableDictionary<string, V1Pod>.Empty;

    private PodsMembers(ReleaseSpec spec, KubeApi api)
    {
        _spec = spec;
        _api = api;
        _zones = new NodeZones(api);
        _release = new Release(
            spec.Namespace,
            spec.Release,
            spec.StatefulSet,
            spec.Shape.Members,
            spec.Shape.ReplicasPerPrimary,
            spec.ClientPort,
            spec.BusPort,
            "",
            null,
            "{0}." + spec.Service
        );
    }

    /// <exception cref="Slotwright.Core.Failures.OperationFailedException">The pod has no account to ask with.</exception>
    public static async Task<PodsMembers> OpenAsync(
        ReleaseSpec spec,
        KubeOptions options,
        TimeProvider time,
        CancellationToken ct
    ) => new(spec, new KubeApi(await ApiAccess.FindAsync(options, time, ct), time));

    public async Task<ImmutableArray<Member>> ListAsync(CancellationToken ct)
    {
        var pods = await _api.PodsAsync(_spec.Namespace, Release.Labels(_spec.Release), ct);
        _pods = pods.ToImmutableDictionary(p => p.Metadata.Name, StringComparer.Ordinal);
        var zones = await _zones.OfAsync(
            pods.Select(p => p.Spec?.NodeName).OfType<string>().Where(n => n.Length > 0),
            ct
        );
        // pods beyond the wanted count are on their way out, or wait for a scale-in
        return [.. PodMembers.Of(_release, pods, zones).Where(m => m.Ordinal < _spec.Shape.Members)];
    }

    public string? WhyNot(string member) => PodState.WhyNot(_pods.GetValueOrDefault(member));

    public void Dispose() => _api.Dispose();
}
