using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Slotwright.Valkey.Resp;

/// <summary>An array, map, set, push or attribute of which not all items have come yet.</summary>
internal struct RespFrame(byte kind, int count)
{
    /// <summary>What is set aside on an announcement alone; more as items come.</summary>
    private const int FirstCapacity = 1024;

    private RespValue[] _items = new RespValue[Math.Min(count, FirstCapacity)];
    private int _filled = 0;

    public byte Kind { get; } = kind;

    /// <returns>True where that was the last one.</returns>
    public bool Add(RespValue item)
    {
        if (_filled == _items.Length)
        {
            Array.Resize(ref _items, (int)Math.Min(count, _items.Length * 2L));
        }
        _items[_filled++] = item;
        return _filled == count;
    }

    public readonly RespValue ToValue() => Make(Kind, _items);

    public static RespValue Make(byte kind, RespValue[] items) =>
        kind switch
        {
            RespKind.Array => new RespValue.Array(ImmutableCollectionsMarshal.AsImmutableArray(items)),
            RespKind.Set => new RespValue.Set(ImmutableCollectionsMarshal.AsImmutableArray(items)),
            RespKind.Push => new RespValue.Push(ImmutableCollectionsMarshal.AsImmutableArray(items)),
            _ => new RespValue.Map(Pairs(items)),
        };

    private static ImmutableArray<KeyValuePair<RespValue, RespValue>> Pairs(RespValue[] items)
    {
        var pairs = new KeyValuePair<RespValue, RespValue>[items.Length / 2];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new(items[2 * i], items[(2 * i) + 1]);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(pairs);
    }
}
