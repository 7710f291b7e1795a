using Slotwright.Core.Planning.Steps;

namespace Slotwright.Operations.Running;

/// <summary>How long a hand-over took.</summary>
/// <param name="Took">
/// From the moment at which the replica had taken the command until it said that it is the primary, and, where the old
/// primary lives, that one that it is none: while a planned one lasts, writes wait. Looked at every 5 ms, so that it is
/// up to 5 ms and a round trip too long, never too short.
/// </param>
public sealed record HandOverTime(HandOver Step, TimeSpan Took);
