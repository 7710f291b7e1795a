using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Configuration;
using Slotwright.Core.Observing;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Commands;

namespace Slotwright.Kubernetes.Hosting;

/// <summary>
/// Tells servers the zones of the machines that they run on: they have no right to ask Kubernetes, and clients ask them.
/// </summary>
public static class MemberZones
{
    private const string Setting = "availability-zone";

    /// <summary>From 8.0 on; each zone that is known and that the server does not say already.</summary>
    /// <returns>What was set, as <c>member: zone</c>.</returns>
    public static async Task<ImmutableArray<string>> TellAsync(
        ClusterSession session,
        Observation observation,
        CancellationToken ct
    )
    {
        var told = await Task.WhenAll(
            observation
                .Views.Where(v => v is { Report: not null, Member: not null })
                .Select(v => (Member: observation.Topology.Members[v.Member!], v.Report!.Server))
                .Where(m =>
                    m.Member.Zone is { } zone
                    && zone != m.Server.Zone
                    && ServerFeatures.HasAvailabilityZone(m.Server.Version)
                )
                .Select(m => TellAsync(session, m.Member, ct))
        );
        return [.. told];
    }

    private static async Task<string> TellAsync(ClusterSession session, Member member, CancellationToken ct)
    {
        await (await session.ConnectAsync(member, ct)).ConfigSetAsync(Setting, member.Zone!, ct);
        return $"{member.Name}: {member.Zone}";
    }
}
