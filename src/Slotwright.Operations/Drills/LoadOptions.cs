using System.Collections.Immutable;
using Slotwright.Core.Drills;
using Slotwright.Core.Failures;

namespace Slotwright.Operations.Drills;

/// <summary>What a run of load does.</summary>
/// <param name="Rate">Operations a second in all, reads among them; 1 to 1,000,000.</param>
/// <param name="Duration">How long operations become due; 100 ms to 24 h.</param>
/// <param name="Clients">Clients, each with one connection to each primary; 1 to 1000.</param>
/// <param name="Pipeline">Operations that may be unanswered on one connection; 1 to 1000, and clients times pipeline at most 10,000.</param>
/// <param name="ValueSize">Bytes that a write carries; 16 to 65536.</param>
/// <param name="WaitReplicas">Replicas that each write is to be confirmed by, with WAIT; 0 for no WAIT, at most 10.</param>
public sealed record LoadOptions(
    int Rate,
    TimeSpan Duration,
    int Clients,
    int Pipeline,
    int ValueSize,
    int WaitReplicas
)
{
    /// <summary>The largest value in bytes: a read brings 16 of them.</summary>
    public const int LargestValue = 1 << 16;

    /// <summary>What an operation may take from the moment when it is due, with all that it is tried again.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    public static readonly LoadOptions Default = new(1000, TimeSpan.FromSeconds(10), 4, 16, 64, 0);

    /// <summary>
    /// Clients times pipeline times value size, in bytes: what may be under way to one shard. A read brings a whole
    /// ring of values, so that replies may take up to 16 times as much here.
    /// </summary>
    public const int MostUnderWay = 4 << 20;

    /// <summary>
    /// How many of the clients have their writes confirmed; all by default. WAIT holds up its connection, the others'
    /// writes show what clients without it see.
    /// </summary>
    public int WaitClients { get; init; } = int.MaxValue;

    /// <summary>How long the read-back at the end may take in all; writes to slots that have not answered by then are not judged.</summary>
    public TimeSpan ReadBackPatience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>All that can't be used, named as the options of the command line are.</summary>
    public ImmutableArray<Problem> Problems()
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        Require(Rate is >= 1 and <= 1_000_000, "--rate", $"{Rate}", "give 1 to 1000000 operations a second");
        Require(
            Duration >= TimeSpan.FromMilliseconds(100) && Duration <= TimeSpan.FromDays(1),
            "--duration",
            $"{Duration}",
            "give 100ms to 24h"
        );
        Require(Clients is >= 1 and <= 1000, "--clients", $"{Clients}", "give 1 to 1000");
        Require(Pipeline is >= 1 and <= 1000, "--pipeline", $"{Pipeline}", "give 1 to 1000");
        Require(
            (long)Clients * Pipeline <= 10_000,
            "--clients, --pipeline",
            $"{Clients} times {Pipeline}",
            "give two whose product is at most 10000"
        );
        Require(
            ValueSize is >= RingText.Smallest and <= LargestValue,
            "--value-size",
            $"{ValueSize}",
            $"give {RingText.Smallest} to {LargestValue} bytes"
        );
        Require(
            (long)Clients * Pipeline * ValueSize <= MostUnderWay || problems.Count > 0,
            "--clients, --pipeline, --value-size",
            $"{Clients} times {Pipeline} times {ValueSize} bytes unanswered at a time",
            $"give three whose product is at most {MostUnderWay}: with these clients and this pipeline, values of at most {MostUnderWay / Math.Max(1L, (long)Clients * Pipeline)} bytes"
        );
        Require(WaitReplicas is >= 0 and <= 10, "--wait", $"{WaitReplicas}", "give 0 to 10 replicas");
        return problems.ToImmutable();

        void Require(bool holds, string where, string value, string remedy)
        {
            if (!holds)
            {
                problems.Add(new Problem(where, $"{value} can't be used", remedy));
            }
        }
    }
}
