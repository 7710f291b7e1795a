using System.Collections.Immutable;
using k8s.Models;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Kubernetes.Access;
using Slotwright.Operations.Targets;

namespace Slotwright.Kubernetes.Targets;

/// <summary>
/// From an address as nodes know it, an IP or a hostname, to the pod that has it. Redirections name such addresses
/// too. Nobody outside of the cluster could reach them.
/// </summary>
internal sealed class PodDialer(KubeApi api, string ns, TimeProvider time)
{
    private ImmutableDictionary<string, PodPlace> _places = ImmutableDictionary<string, PodPlace>.Empty;

    /// <summary>What is known of the pods from now on.</summary>
    public void Learn(Release release, IEnumerable<V1Pod> pods)
    {
        var places = ImmutableDictionary.CreateBuilder<string, PodPlace>(StringComparer.OrdinalIgnoreCase);
        var byName = pods.ToDictionary(p => p.Metadata.Name, StringComparer.Ordinal);
        for (var i = 0; i < release.Members; i++)
        {
            byName.TryAdd(release.MemberName(i), new V1Pod { Metadata = new() { Name = release.MemberName(i) } });
        }
        foreach (var (name, pod) in byName)
        {
            var place = new PodPlace(name, pod.Status?.PodIP, PodState.WhyNot(pod.Status is null ? null : pod));
            places[release.Hostname(name)] = place;
            foreach (var ip in (pod.Status?.PodIPs?.Select(p => p.Ip) ?? []).Append(pod.Status?.PodIP).OfType<string>())
            {
                places[ip] = place;
            }
        }
        _places = places.ToImmutable();
    }

    /// <exception cref="OperationFailedException">No pod has the address, or its server can't be reached.</exception>
    public async ValueTask<Stream> ConnectAsync(NodeAddress address, CancellationToken ct)
    {
        if (!_places.TryGetValue(address.Host, out var place))
        {
            throw new OperationFailedException(
                $"no pod of the release has the address {address}",
                member: address.ToString(),
                next: "look again: pods get new addresses when they start; or the cluster knows a node that is none of this release"
            );
        }
        if (place.WhyNot is { } reason)
        {
            throw new OperationFailedException(
                reason,
                member: place.Pod,
                next: $"kubectl describe pod {place.Pod} --namespace {ns}"
            );
        }
        if (!api.InCluster)
        {
            return new PortForwardStream(
                await api.ForwardAsync(ns, place.Pod, address.Port, ct),
                place.Pod,
                address.Port
            );
        }
        try
        {
            return await TcpDialer.ConnectAsync(new NodeAddress(place.Address ?? address.Host, address.Port), time, ct);
        }
        catch (IOException e)
        {
            throw new OperationFailedException(
                $"{address} can't be reached: {e.Message}",
                member: place.Pod,
                next: "check that a NetworkPolicy lets this pod reach the members",
                cause: e
            );
        }
    }
}
