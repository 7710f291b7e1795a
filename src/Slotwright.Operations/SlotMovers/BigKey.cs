using System.Globalization;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.SlotMovers;

/// <summary>A key that can't be moved without keeping both servers for longer than is allowed.</summary>
/// <param name="Block">How long it is expected to keep them.</param>
internal sealed record BigKey(int Slot, SizedKey Key, TimeSpan Block)
{
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Printable.Quote(Key.Key.Span)} in slot {Slot}, {Key.Bytes / 1048576.0:0.#} MiB, about {Block.TotalMilliseconds:0} ms"
        );
}
