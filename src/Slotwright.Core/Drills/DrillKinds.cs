using System.Collections.Immutable;

namespace Slotwright.Core.Drills;

/// <summary>The names of drills, and what they do in a few words.</summary>
public static class DrillKinds
{
    public static ImmutableArray<DrillKind> All { get; } = [.. Enum.GetValues<DrillKind>()];

    public static string Name(this DrillKind kind) =>
        kind switch
        {
            DrillKind.KillPrimary => "kill-primary",
            DrillKind.KillReplica => "kill-replica",
            DrillKind.PausePrimary => "pause-primary",
            DrillKind.RollingRestart => "rolling-restart",
            DrillKind.Upgrade => "upgrade",
            DrillKind.WholeRestart => "whole-restart",
            DrillKind.ZoneOutage => "zone-outage",
            _ => "partition",
        };

    /// <summary>Null where no drill has this name.</summary>
    public static DrillKind? Find(string? name) =>
        All.Where(k => k.Name() == name).Select(k => (DrillKind?)k).FirstOrDefault();

    /// <summary>It goes on until an operation has ended, and at least for its duration.</summary>
    public static bool IsOperation(this DrillKind kind) => kind.IsRolling() || kind == DrillKind.WholeRestart;

    /// <summary>It goes in waves, and leaves roles where the waves have put them.</summary>
    public static bool IsRolling(this DrillKind kind) => kind is DrillKind.RollingRestart or DrillKind.Upgrade;
}
