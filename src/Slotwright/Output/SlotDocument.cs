using System.Collections.Immutable;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>slot</c>.</summary>
/// <param name="Target">The cluster that was asked; null where there was none.</param>
/// <param name="OneCommand">All keys are in one slot, so that one command can use them together.</param>
/// <param name="Groups">The keys by slot: only those of one group can be used in one command.</param>
internal sealed record SlotDocument(
    string? Target,
    bool OneCommand,
    ImmutableArray<SlotKey> Keys,
    ImmutableArray<SlotGroup> Groups
)
{
    public static SlotDocument Of(string? target, ImmutableArray<SlotKey> keys)
    {
        ImmutableArray<SlotGroup> groups =
        [
            .. keys.GroupBy(k => k.Slot).Select(g => new SlotGroup(g.Key, [.. g.Select(k => k.Key)])),
        ];
        return new SlotDocument(target, groups.Length == 1, keys, groups);
    }
}
