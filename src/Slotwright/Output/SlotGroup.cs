using System.Collections.Immutable;

namespace Slotwright.Output;

/// <summary>Keys that one command can use together.</summary>
internal sealed record SlotGroup(int Slot, ImmutableArray<string> Keys);
