using Slotwright.Core.Drills;

namespace Slotwright.Operations.Drills;

/// <summary>What each drill does to the cluster, from its first blow until all is brought back.</summary>
internal static class Deeds
{
    public static Task DoAsync(DrillStage stage, CancellationToken ct) =>
        stage.Plan.Kind switch
        {
            DrillKind.KillPrimary or DrillKind.KillReplica or DrillKind.ZoneOutage => HurtAsync(
                stage,
                stage.KillAsync,
                ct
            ),
            DrillKind.PausePrimary => HurtAsync(stage, stage.PauseAsync, ct),
            DrillKind.Partition => HurtAsync(stage, stage.CutAsync, ct),
            DrillKind.WholeRestart => RestartAllAsync(stage, ct),
            _ => RestartOneByOneAsync(stage, ct),
        };

    private static async Task HurtAsync(DrillStage stage, Func<CancellationToken, Task> blow, CancellationToken ct)
    {
        await blow(ct);
        await stage.WaitForHeirsAsync(ct);
        await stage.HealAsync(ct);
    }

    private static async Task RestartAllAsync(DrillStage stage, CancellationToken ct)
    {
        var newAddress = stage.Faults.HasOwnAddresses;
        await stage.RestartAsync(stage.Plan.Victims, newAddress, ct);
        stage.Log.Did(stage.Plan.Victims, newAddress ? "came back under new addresses" : "came back");
    }

    /// <summary>By ordinal, from the last, as a StatefulSet does it.</summary>
    private static async Task RestartOneByOneAsync(DrillStage stage, CancellationToken ct)
    {
        await using var held = await stage.Host.LockAsync("drill rolling-restart", ct);
        foreach (var member in stage.Plan.Victims.Reverse())
        {
            await RoleMoves.FromAsync(stage.Session, member, stage.Log, ct);
            await stage.RestartAsync([member], newAddress: false, ct);
            stage.Log.Did([member], "restarted");
            await RoleMoves.UntilInSyncAsync(stage.Session, member, ct);
        }
    }
}
