using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Observing;

public sealed class MigrationFailuresTests
{
    /// <summary>Messages as servers of 9.0 and 9.1 write them.</summary>
    [Theory]
    [InlineData("Ran out of memory (OOM) during slot import", MigrationFailure.OutOfMemory)]
    [InlineData("Timed out before streaming completed", MigrationFailure.WritesTooFast)]
    [InlineData("Unpaused before failover completed", MigrationFailure.WritesTooFast)]
    [InlineData(
        "Failed to process command during slot migration. Check logs for more information",
        MigrationFailure.WritesTooFast
    )]
    [InlineData(
        "Connection lost to target. Check CLUSTER GETSLOTMIGRATIONS on the target node for more information.",
        MigrationFailure.Passing
    )]
    [InlineData("Slots are no longer owned by myself", MigrationFailure.Passing)]
    [InlineData("Failed to perform snapshot", MigrationFailure.Passing)]
    [InlineData("ERR Target node does not agree about current slot ownership", MigrationFailure.Passing)]
    [InlineData("something new", MigrationFailure.Unknown)]
    public void Messages_are_told_apart(string message, MigrationFailure failure) =>
        Assert.Equal(failure, MigrationFailures.Of(message));

    [Fact]
    public void One_that_somebody_has_ended_is_no_failure_of_the_servers() =>
        Assert.Equal(
            MigrationFailure.Cancelled,
            MigrationFailures.Of(new SlotMigration("n", IsExport: true, SlotSet.All, null, "cancelled", ""))
        );
}
