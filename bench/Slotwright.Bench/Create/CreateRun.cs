namespace Slotwright.Bench.Create;

/// <summary>One cluster made by one contestant.</summary>
/// <param name="Command">From the start of the contestant's program until it ended.</param>
/// <param name="Formed">From the same start until it had ended and the judge found all well.</param>
/// <param name="PeakMemory">Bytes that the contestant's program had in memory at most.</param>
/// <param name="Busy">How much of the processors was at work just before, while the servers had nothing to do; 0 to 1.</param>
internal sealed record CreateRun(TimeSpan Command, TimeSpan Formed, long PeakMemory, double Busy);
