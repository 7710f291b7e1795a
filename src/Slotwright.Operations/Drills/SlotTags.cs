using System.Text;
using Slotwright.Core.Slots;

namespace Slotwright.Operations.Drills;

/// <summary>A short hash tag for each slot, so that a key can be made for any of them.</summary>
public static class SlotTags
{
    private static readonly Lazy<string[]> All = new(Make);

    /// <param name="slot">0 to 16383.</param>
    public static string Of(int slot) => All.Value[slot];

    private static string[] Make()
    {
        const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
        var tags = new string[HashSlot.Count];
        Span<byte> bytes = stackalloc byte[8];
        var missing = tags.Length;
        for (var i = 0; missing > 0; i++)
        {
            var length = 0;
            for (var rest = i; rest > 0 || length == 0; rest /= Digits.Length)
            {
                bytes[length++] = (byte)Digits[rest % Digits.Length];
            }
            ref var tag = ref tags[HashSlot.Of(bytes[..length])];
            if (tag is null)
            {
                tag = Encoding.ASCII.GetString(bytes[..length]);
                missing--;
            }
        }
        return tags;
    }
}
