using Slotwright.Core.Slots;

namespace Slotwright.Commands;

/// <summary>Slot ranges as people write them; the same slot twice is a slip.</summary>
internal static class SlotRanges
{
    /// <returns>The slots, or what is wrong with the text.</returns>
    public static (SlotSet? Slots, string? Problem) Read(string text)
    {
        if (!SlotSet.TryParse(text, null, out var slots) || slots.IsEmpty)
        {
            return (null, $"'{text}' can't be used; use ranges of 0 to {HashSlot.Count - 1}, such as 0-99,200");
        }
        var named = text.Split(',', StringSplitOptions.RemoveEmptyEntries).Sum(p => SlotRange.Parse(p, null).Count);
        return named == slots.Count ? (slots, null) : (null, $"'{text}' names slots twice; name each once");
    }
}
