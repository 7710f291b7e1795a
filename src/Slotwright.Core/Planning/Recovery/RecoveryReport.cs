using System.Collections.Immutable;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>What is amiss that waiting and other commands may not mend.</summary>
/// <param name="Primaries">Primaries that own slots.</param>
/// <param name="PrimariesUp">Those of them that answer, and vote.</param>
public sealed record RecoveryReport(int Primaries, int PrimariesUp, ImmutableArray<RecoveryProblem> Problems)
{
    /// <summary>A majority of the primaries that own slots answers, and can elect.</summary>
    public bool HasMajority => PrimariesUp > Primaries / 2;
}
