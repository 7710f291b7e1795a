using System.Collections.Immutable;

namespace Slotwright.Operations.SlotMovers;

/// <summary>How far a move of slots has come.</summary>
/// <param name="Wanted">Slots that are to move, the moved ones among them.</param>
/// <param name="Keys">Keys that have arrived.</param>
/// <param name="Bytes">About how many bytes they were in memory; 0 where the servers move them by themselves.</param>
/// <param name="Phases">Of each of the 16384 slots.</param>
public sealed record SlotCount(int Wanted, int Moved, long Keys, long Bytes, ImmutableArray<SlotPhase> Phases);
