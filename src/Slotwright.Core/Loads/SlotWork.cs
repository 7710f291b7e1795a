namespace Slotwright.Core.Loads;

/// <summary>What a server has done for a slot since it began to count; the counters never fall but where it begins anew.</summary>
/// <param name="Cpu">Microseconds that commands took.</param>
/// <param name="BytesIn">From clients.</param>
/// <param name="BytesOut">To clients and replicas.</param>
public readonly record struct SlotWork(long Cpu, long BytesIn, long BytesOut);
