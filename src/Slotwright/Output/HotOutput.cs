using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Loads;

namespace Slotwright.Output;

/// <summary>What <c>hot</c> prints.</summary>
internal static class HotOutput
{
    public static void Print(Terminal terminal, Format format, HotDocument document)
    {
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, document);
            return;
        }
        PrintShards(terminal.Out, document);
        PrintSlots(terminal.Out, document);
        PrintKeys(
            terminal.Out,
            $"biggest keys {Sampled(document)}",
            document.BiggestKeys,
            "SIZE",
            k => Sizes.Of(k.Bytes)
        );
        if (document.Notes.All(n => n.Code != "use-not-counted") || !document.MostUsedKeys.IsEmpty)
        {
            PrintKeys(
                terminal.Out,
                $"most used keys, by the servers' counter from 0 to 255 {Sampled(document)}",
                document.MostUsedKeys,
                "USE",
                k => $"{k.Frequency}"
            );
        }
        foreach (var note in document.Notes)
        {
            FindingLines.Print(terminal.Document, note);
        }
    }

    private static void PrintShards(TextWriter output, HotDocument document)
    {
        Columns.Print(
            output,
            ["SHARD", "ZONE", "SLOTS", "KEYS", "LOOKED AT", "CPU", "NETWORK", "POLICY"],
            document.Shards.Select(s =>
                new[]
                {
                    s.Member,
                    s.Zone ?? "-",
                    $"{s.Slots.Count}",
                    $"{s.Keys}",
                    $"{s.KeysLookedAt}",
                    Cpu(s.CpuMicroseconds),
                    Network(s.NetworkBytes),
                    s.Policy ?? "-",
                }
            )
        );
        output.WriteLine();
    }

    private static void PrintSlots(TextWriter output, HotDocument document)
    {
        var how =
            document.SlotsBy == LoadMeasure.Cpu
                ? string.Create(CultureInfo.InvariantCulture, $"by CPU over {document.Seconds:0.#} s")
                : "by their keys";
        if (document.Slots.IsEmpty)
        {
            output.WriteLine($"hottest slots, {how}: none\n");
            return;
        }
        output.WriteLine($"hottest slots, {how}:");
        Columns.Print(
            output,
            ["SLOT", "SHARD", "KEYS", "CPU", "NETWORK"],
            document.Slots.Select(s =>
                new[] { $"{s.Slot}", s.Member, $"{s.Keys}", Cpu(s.CpuMicroseconds), Network(s.NetworkBytes) }
            )
        );
        output.WriteLine();
    }

    private static void PrintKeys(
        TextWriter output,
        string title,
        ImmutableArray<HotKeyDocument> keys,
        string measure,
        Func<HotKeyDocument, string> amount
    )
    {
        if (keys.IsEmpty)
        {
            output.WriteLine($"{title}: none\n");
            return;
        }
        output.WriteLine($"{title}:");
        Columns.Print(
            output,
            [measure, "SHARD", "SLOT", "KEY"],
            keys.Select(k => new[] { amount(k), k.Member, $"{k.Slot}", Columns.Plain(k.Key) })
        );
        output.WriteLine();
    }

    /// <summary>Whoever reads of the biggest is to know of how many.</summary>
    private static string Sampled(HotDocument document)
    {
        var (seen, all) = (document.Shards.Sum(s => s.KeysLookedAt), document.Shards.Sum(s => s.Keys));
        return seen >= all ? $"(all {all} looked at)" : $"({seen} of {all} looked at)";
    }

    private static string Cpu(double? microseconds) => microseconds is { } cpu ? Loads.Cpu(cpu) : "-";

    private static string Network(double? bytes) => bytes is { } network ? Loads.Network(network) : "-";
}
