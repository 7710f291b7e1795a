using System.Collections.Immutable;
using System.Globalization;
using k8s.Models;
using Slotwright.Core.Cluster;

namespace Slotwright.Kubernetes.Targets;

/// <summary>From pods to members: pure.</summary>
internal static class PodMembers
{
    private const string RevisionLabel = "controller-revision-hash";

    /// <summary>One for each ordinal that is wanted or there, in their order; a pod that is not there is a member that is stopped.</summary>
    /// <param name="zones">Zones by the names of nodes; null for those whose zone is not known.</param>
    public static ImmutableArray<Member> Of(
        Release release,
        IEnumerable<V1Pod> pods,
        IReadOnlyDictionary<string, string?> zones
    )
    {
        var byOrdinal = pods.Select(p => (Ordinal: OrdinalOf(release, p), Pod: p))
            .Where(p => p.Ordinal is not null)
            .ToDictionary(p => p.Ordinal!.Value, p => p.Pod);
        return
        [
            .. Enumerable
                .Range(0, release.Members)
                .Union(byOrdinal.Keys)
                .Order()
                .Select(i => Of(release, i, byOrdinal.GetValueOrDefault(i), zones)),
        ];
    }

    /// <summary>Null for a pod that is none of the StatefulSet's.</summary>
    public static int? OrdinalOf(Release release, V1Pod pod)
    {
        var prefix = release.StatefulSet + "-";
        return
            pod.Metadata.Name.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(
                pod.Metadata.Name.AsSpan(prefix.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var ordinal
            )
            ? ordinal
            : null;
    }

    private static Member Of(Release release, int ordinal, V1Pod? pod, IReadOnlyDictionary<string, string?> zones)
    {
        var name = release.MemberName(ordinal);
        var machine = pod?.Spec?.NodeName is { Length: > 0 } node ? node : null;
        var hostname = release.Hostname(name);
        return new Member(
            name,
            ordinal,
            machine is null ? null : zones.GetValueOrDefault(machine),
            machine,
            PodState.PhaseOf(pod),
            new NodeAddress(pod?.Status?.PodIP is { Length: > 0 } ip ? ip : hostname, release.ClientPort),
            hostname,
            pod?.Metadata.Labels.GetOrDefault(RevisionLabel) ?? "",
            release.UpdateRevision
        )
        {
            BusPort = release.BusPort,
        };
    }
}
