using Slotwright.Core.Drills;

namespace Slotwright.Operations.Drills;

/// <summary>What a run of load came to.</summary>
/// <param name="Run">The run's name in its keys.</param>
/// <param name="Keys">How many keys it wrote to.</param>
/// <param name="KeysLeft">Keys that could not be deleted at the end; their time to live will.</param>
/// <param name="IsInterrupted">It was ended before its time: the ledger is of what was done until then.</param>
public sealed record LoadResult(
    string Run,
    LoadOptions Options,
    Ledger Ledger,
    int Keys,
    int KeysLeft,
    bool IsInterrupted
)
{
    /// <summary>Timestamp of the session's clock at which operations began.</summary>
    public long Began { get; init; }

    public LedgerVerdict Judge(LedgerLimits limits) => Referee.Judge(Ledger, limits);
}
