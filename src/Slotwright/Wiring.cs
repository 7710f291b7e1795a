using Slotwright.Output;

namespace Slotwright;

/// <summary>What the program is given from outside: terminal, time, randomness, environment and the sign to stop.</summary>
/// <param name="Environment">Environment variables by name.</param>
internal sealed record Wiring(
    Terminal Terminal,
    TimeProvider Time,
    Random Random,
    IReadOnlyDictionary<string, string> Environment
);
