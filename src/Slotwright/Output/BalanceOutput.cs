using System.Globalization;
using Slotwright.Core.Loads;
using Slotwright.Core.Planning.SlotMoves;

namespace Slotwright.Output;

/// <summary>What shards bear before and after, and what that costs, for people.</summary>
internal static class BalanceOutput
{
    /// <summary>More would hide the table; JSON has them.</summary>
    private const int Shown = 5;

    public static void Print(TextWriter output, Balance balance)
    {
        var isBySlots = balance.By == LoadMeasure.Slots;
        Columns.Print(
            output,
            ["SHARD", "SHARE", Loads.Name(balance.By), "OFF", .. isBySlots ? Array.Empty<string>() : ["SLOTS"]],
            balance.Shards.Select(s => Row(s, balance.By, isBySlots))
        );
        if (balance.Cost.Slots > 0)
        {
            output.WriteLine(Line(balance.Cost));
        }
        if (!balance.Heaviest.IsEmpty)
        {
            output.WriteLine(
                $"hot slots: {string.Join(", ", balance.Heaviest.Take(Shown).Select(h => Hot(h, balance.By)))}"
            );
        }
    }

    private static string[] Row(ShardBalance shard, LoadMeasure by, bool isBySlots) =>
        [
            shard.Member,
            Loads.Of(shard.Share, by),
            Change(Loads.Of(shard.Before, by), Loads.Of(shard.After, by)),
            Change(Off(shard.Before, shard.Share), Off(shard.After, shard.Share)),
            .. isBySlots ? Array.Empty<string>() : [Change($"{shard.SlotsBefore}", $"{shard.SlotsAfter}")],
        ];

    private static string Line(MoveCost cost)
    {
        string?[] parts =
        [
            Counts.Of(cost.Slots, "slot"),
            cost.Keys is { } keys ? $"{keys} {(keys == 1 ? "key" : "keys")}" : "keys not known",
            cost.Bytes is { } bytes ? $"about {Sizes.Of(bytes)}" : null,
            cost.AtLeastSeconds is >= 1 and var seconds
                ? string.Create(CultureInfo.InvariantCulture, $"at least {seconds:0} s at this pace")
                : null,
        ];
        return $"to be carried: {string.Join(", ", parts.OfType<string>())}";
    }

    private static string Hot(HeavySlot slot, LoadMeasure by) =>
        $"{slot.Slot} ({Loads.Of(slot.Load, by)}, {slot.Member}{(slot.To is { } to ? $" to {to}" : "")})";

    private static string Off(double load, double share) =>
        share == 0
            ? (load == 0 ? "0%" : "all")
            : string.Create(CultureInfo.InvariantCulture, $"{(load - share) / share * 100:+0.0;-0.0;0.0}%");

    private static string Change(string before, string after) => before == after ? before : $"{before} -> {after}";
}
