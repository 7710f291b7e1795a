using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Fencing;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>The evidence on a shard: what each of its nodes says, or what is said of it.</summary>
internal static class RecoverySights
{
    public static ImmutableArray<RecoverySight> Of(Shard shard, Observation seen, RecoveryFacts facts) =>
        [.. shard.Nodes.Select(node => Of(node, seen, facts))];

    /// <summary>What lies on a member's disk, for people; null where nobody here can look.</summary>
    public static string? Disk(Node node, RecoveryFacts facts) => facts.DiskOf(node) is { } disk ? Words(disk) : null;

    private static RecoverySight Of(Node node, Observation seen, RecoveryFacts facts)
    {
        var hasData = node is { Reachable: true, IsHeldBack: false };
        return new RecoverySight(
            node.Label,
            node.IsPrimary ? "primary" : "replica",
            node.Reachable,
            State(node, seen),
            node.Epoch
        )
        {
            Offset = hasData && node.Offset > 0 ? node.Offset : null,
            Keys = hasData ? node.Keys : null,
            CutOff = CutOff(node, seen),
            Disk = hasData ? null : Disk(node, facts),
        };
    }

    private static string State(Node node, Observation seen) =>
        node switch
        {
            { IsHeldBack: true } => "held back",
            { Reachable: true, Link: LinkState.Syncing } => "answers, syncing",
            { Reachable: true, Link: LinkState.Down } => "answers, cut off",
            { Reachable: true } => "answers",
            _ when ViewOf(node, seen) is { } view => view.IsLoading ? "loading"
            : view.IsBusy ? "busy with a script"
            : view.RefusesPassword ? "refuses the password"
            : HasEnded(node, seen.Topology) ? "has ended"
            : "silent",
            _ => "silent",
        };

    internal static bool HasEnded(Node node, Topology topology) =>
        node.Member is { } name
        && topology.Members.TryGetValue(name, out var member)
        && member.Phase == MemberPhase.Stopped;

    /// <summary>It lives, though it says nothing of the cluster.</summary>
    internal static bool IsAliveUnsaid(Node node, Observation seen) =>
        ViewOf(node, seen) is { IsLoading: true } or { IsBusy: true } or { RefusesPassword: true };

    private static NodeView? ViewOf(Node node, Observation seen) =>
        node.Member is { } member ? seen.ViewOf(member) : null;

    internal static TimeSpan? CutOff(Node node, Observation seen) =>
        node is { IsPrimary: false, Reachable: true, Link: LinkState.Down }
        && int.TryParse(
            seen.ReportOf(node.Id)?.Server.Fields.GetValueOrDefault("master_link_down_since_seconds"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var seconds
        )
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string Words(OwnData disk) =>
        disk.Kind switch
        {
            OwnDataKind.Empty => "empty",
            OwnDataKind.Complete => "append-only files",
            _ when disk.Keys is { } keys => $"snapshot at {disk.Offset}, {keys} keys",
            _ => $"snapshot at {disk.Offset}",
        };
}
