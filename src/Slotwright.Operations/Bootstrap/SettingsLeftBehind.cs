using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Bootstrap;

/// <summary>Settings that a bootstrap, cut off between two steps, has not put back.</summary>
public static class SettingsLeftBehind
{
    /// <summary>Only where there is a host whose configuration says what they should be, of members that answered.</summary>
    public static async Task<ImmutableArray<Finding>> FindAsync(
        ClusterSession session,
        Observation observation,
        CancellationToken ct
    )
    {
        if (session.Target is not IClusterHost)
        {
            return [];
        }
        var settings = new FormingSettings(session);
        var configured = await settings.ConfiguredAsync(ct);
        var answered = observation
            .Views.Where(v => v is { Report: not null, Member: not null })
            .Select(v => observation.Topology.Members[v.Member!]);
        var findings = await Task.WhenAll(answered.Select(m => OfMemberAsync(settings, m, configured, ct)));
        ImmutableArray<Finding> found = [.. findings.SelectMany(f => f)];
        return found.IsEmpty
            ? [new Finding("settings", Verdict.Ok, "cluster", "settings for the time of forming are put back", "", "")]
            : found;
    }

    private static async Task<ImmutableArray<Finding>> OfMemberAsync(
        FormingSettings settings,
        Member member,
        ImmutableArray<Setting> configured,
        CancellationToken ct
    )
    {
        try
        {
            return
            [
                .. (await settings.DifferencesAsync(member, configured, ct)).Select(d => new Finding(
                    "setting-left-behind",
                    Verdict.Failed,
                    member.Name,
                    $"{d.Name} is {d.Actual}, {d.Wanted} is configured",
                    "members were joining, and that was cut off before it put it back; failures are found sooner or later than wanted",
                    "slotwright bootstrap puts it back"
                )),
            ];
        }
        catch (OperationFailedException e)
        {
            return
            [
                new Finding(
                    "settings-unknown",
                    Verdict.Unknown,
                    member.Name,
                    e.Message,
                    "it can't be told whether a bootstrap left settings behind",
                    "look again"
                ),
            ];
        }
    }
}
