namespace Slotwright.Core.Observing;

/// <summary>Reads the messages of servers of 9.0 and 9.1 (cluster_migrateslots.c).</summary>
public static class MigrationFailures
{
    private static readonly (string Words, MigrationFailure Failure)[] Known =
    [
        ("OOM", MigrationFailure.OutOfMemory),
        ("out of memory", MigrationFailure.OutOfMemory),
        ("output buffer", MigrationFailure.WritesTooFast),
        ("Timed out before streaming", MigrationFailure.WritesTooFast),
        ("Unpaused before", MigrationFailure.WritesTooFast),
        ("Failed to process command", MigrationFailure.WritesTooFast),
        ("Connection lost", MigrationFailure.Passing),
        ("Unable to connect", MigrationFailure.Passing),
        ("did not respond", MigrationFailure.Passing),
        ("no interaction", MigrationFailure.Passing),
        ("no longer owned", MigrationFailure.Passing),
        ("demoted", MigrationFailure.Passing),
        ("failover", MigrationFailure.Passing),
        ("flush", MigrationFailure.Passing),
        ("snapshot", MigrationFailure.Passing),
        ("does not agree", MigrationFailure.Passing),
        ("not a primary", MigrationFailure.Passing),
        ("does not know", MigrationFailure.Passing),
        ("already being", MigrationFailure.Passing),
    ];

    /// <param name="job">One that ended without success.</param>
    public static MigrationFailure Of(SlotMigration job) =>
        job.State is "cancelled" or "canceled" ? MigrationFailure.Cancelled : Of(job.Message);

    /// <param name="message">What the job, or the server that refused to begin it, says.</param>
    public static MigrationFailure Of(string message)
    {
        foreach (var (words, failure) in Known)
        {
            if (message.Contains(words, StringComparison.OrdinalIgnoreCase))
            {
                return failure;
            }
        }
        return MigrationFailure.Unknown;
    }
}
