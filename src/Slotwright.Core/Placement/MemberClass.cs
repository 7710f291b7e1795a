using System.Collections.Immutable;

namespace Slotwright.Core.Placement;

/// <summary>
/// Members that no criterion but the ordinal tells apart: those of one machine, or all of a zone that share no
/// machine with another.
/// </summary>
/// <param name="Zone">Index of their zone.</param>
/// <param name="OneMachine">Whether two of them in one shard are a pair on one machine.</param>
/// <param name="Members">Their places in the list of members by ordinal, ascending.</param>
internal sealed record MemberClass(int Zone, bool OneMachine, ImmutableArray<int> Members);
