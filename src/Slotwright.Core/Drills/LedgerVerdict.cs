using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Core.Drills;

/// <summary>What a referee says of a run.</summary>
/// <param name="Outcome">Ok: the limits were kept. Failed: one was broken. Unknown: that can't be told. Never Warning.</param>
/// <param name="Findings">Every limit that was broken, everything that can't be told, and what is worth knowing.</param>
/// <param name="Sentence">The verdict in one line.</param>
public sealed record LedgerVerdict(Verdict Outcome, ImmutableArray<Finding> Findings, string Sentence)
{
    /// <summary>The outcome in one word, the first of the sentence.</summary>
    public string Word =>
        Outcome switch
        {
            Verdict.Ok => "kept",
            Verdict.Failed => "broken",
            _ => "unknown",
        };
}
