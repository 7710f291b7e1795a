namespace Slotwright.Core.Planning.Repair;

internal static class RepairStages
{
    public static string Title(this RepairStage stage) =>
        stage switch
        {
            RepairStage.Assign => "Give slots an owner",
            RepairStage.Close => "Close what leads nowhere",
            RepairStage.Raise => "Settle who owns what",
            RepairStage.Move => "Finish what was left open",
            RepairStage.Gather => "Bring keys to their owner",
            _ => "Close what owners have open",
        };
}
