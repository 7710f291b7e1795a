using Slotwright.Core.Drills;

namespace Slotwright.Bench.Reshard;

/// <param name="Took">The move alone.</param>
/// <param name="Ledger">Of the load around it.</param>
internal readonly record struct UnderLoadRun(TimeSpan Took, Ledger Ledger);
