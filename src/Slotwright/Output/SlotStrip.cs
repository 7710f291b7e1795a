using System.Collections.Immutable;
using System.Text;
using Slotwright.Operations.SlotMovers;

namespace Slotwright.Output;

/// <summary>All slots as a strip, whose cells change their colour as their slots move.</summary>
internal static class SlotStrip
{
    private const int Cells = 64;

    /// <summary>As markup: what does not move is grey, what is to move yellow, what moves blue, what has moved green.</summary>
    public static string Of(ImmutableArray<SlotPhase> phases)
    {
        var strip = new StringBuilder();
        foreach (var cell in phases.Chunk(phases.Length / Cells))
        {
            strip.Append(Cell(cell));
        }
        return strip.ToString();
    }

    private static string Cell(SlotPhase[] slots) =>
        slots.Contains(SlotPhase.Moving) ? "[blue]▓[/]"
        : slots.Contains(SlotPhase.Wanted) ? "[yellow]░[/]"
        : slots.Contains(SlotPhase.Moved) ? "[green]█[/]"
        : "[grey]·[/]";
}
