using System.Text;
using Slotwright.Core.Slots;
using Slotwright.Operations.Drills;

namespace Slotwright.Unit.Tests.Drills;

public sealed class LoadKeysTests
{
    [Fact]
    public void Keys_lie_in_the_slots_of_their_shard_spread_over_all_of_it()
    {
        var slots = SlotSet.Of(5461, 10922);
        var keys = Make(LoadOptions.Default, slots);

        Assert.Equal(128, keys.Length);
        Assert.All(keys, k => Assert.True(slots.Contains(k.Slot)));
        Assert.True(keys.Select(k => k.Slot).Distinct().Count() > 120);
        Assert.Equal((true, true), (keys.Min(k => k.Slot) < 5550, keys.Max(k => k.Slot) > 10800));
    }

    [Fact]
    public void A_shard_of_one_slot_has_keys_of_their_own_all_the_same()
    {
        var names = Make(LoadOptions.Default, SlotSet.Of(7, 7)).Select(NameOf).ToArray();

        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Keys_have_the_prefix_and_the_name_of_their_run()
    {
        var names = LoadKeys.Make(LoadOptions.Default, "run1", SlotSet.All, 0).Select(NameOf);

        Assert.All(names, n => Assert.Matches("^slotwright-load:\\{[0-9a-z]+\\}:run1:[0-9]+$", n));
    }

    [Fact]
    public void There_is_a_hash_tag_for_every_slot()
    {
        for (var slot = 0; slot < HashSlot.Count; slot++)
        {
            Assert.Equal(slot, HashSlot.Of(Encoding.ASCII.GetBytes(SlotTags.Of(slot))));
        }
    }

    [Theory]
    [InlineData(4, 16, 64, 128)]
    [InlineData(1, 1000, 64, 250)]
    [InlineData(100, 100, 64, 2500)]
    [InlineData(4, 16, 1 << 16, 16)]
    public void Their_number_follows_what_may_be_under_way_and_what_memory_allows(
        int clients,
        int pipeline,
        int valueSize,
        int keys
    )
    {
        var options = LoadOptions.Default with { Clients = clients, Pipeline = pipeline, ValueSize = valueSize };

        Assert.Equal(keys, LoadKeys.PerLane(options) * clients);
        Assert.True(LoadKeys.BytesInShard(options) > (long)keys * LoadKeys.Cells * valueSize);
    }

    private static LoadKey[] Make(LoadOptions options, SlotSet slots) =>
        [.. Enumerable.Range(0, options.Clients).SelectMany(lane => LoadKeys.Make(options, "r", slots, lane))];

    private static string NameOf(LoadKey key) => Encoding.ASCII.GetString(key.Name.Span);
}
