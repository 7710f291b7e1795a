using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

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
            DrillKind.WholeRestart => "whole-restart",
            DrillKind.ZoneOutage => "zone-outage",
            _ => "partition",
        };

    public static bool TryParse([NotNullWhen(true)] string? name, out DrillKind kind)
    {
        kind = All.FirstOrDefault(k => k.Name() == name);
        return kind.Name() == name;
    }

    /// <summary>It goes on until an operation has ended, and at least for its duration.</summary>
    public static bool IsOperation(this DrillKind kind) => kind is DrillKind.RollingRestart or DrillKind.WholeRestart;
}
