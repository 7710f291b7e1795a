using System.Buffers.Text;
using System.Globalization;

namespace Slotwright.Core.Drills;

/// <summary>
/// A numbered value as it stands in a cell: the key's tag in 4 hex digits, the number in 12, then dots up to the
/// value's size. A cell that was never written holds zero bytes.
/// </summary>
public static class RingText
{
    /// <summary>The smallest size of a value in bytes.</summary>
    public const int Smallest = 16;

    private const int TagDigits = 4;

    public static void Write(Span<byte> cell, ushort tag, long number)
    {
        tag.TryFormat(cell, out _, "x4", CultureInfo.InvariantCulture);
        number.TryFormat(cell[TagDigits..], out _, "x12", CultureInfo.InvariantCulture);
        cell[Smallest..].Fill((byte)'.');
    }

    /// <returns>The number; 0 where the cell is empty or cut off; -1 where it holds what this key never wrote.</returns>
    public static long Read(ReadOnlySpan<byte> cell, ushort tag)
    {
        if (cell.Length < Smallest || cell[0] == 0)
        {
            return 0;
        }
        return
            Utf8Parser.TryParse(cell[..TagDigits], out ushort found, out var used, 'x')
            && used == TagDigits
            && found == tag
            && Utf8Parser.TryParse(cell[TagDigits..Smallest], out long number, out used, 'x')
            && used == Smallest - TagDigits
            && number > 0
            ? number
            : -1;
    }
}
