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
            _ => RollingDeed.DoAsync(stage, ct),
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
        await stage.OperateAsync(inner => stage.Faults.RestartAsync(stage.Plan.Victims, newAddress, inner), ct);
        stage.Log.Did(stage.Plan.Victims, newAddress ? "came back under new addresses" : "came back");
    }
}
