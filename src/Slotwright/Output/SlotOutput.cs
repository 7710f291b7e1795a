namespace Slotwright.Output;

/// <summary>What <c>slot</c> prints.</summary>
internal static class SlotOutput
{
    public static void Print(Terminal terminal, Format format, SlotDocument document)
    {
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, document);
            return;
        }
        Columns.Print(
            terminal.Out,
            ["KEY", "SLOT", "HASH TAG", "SHARD", "MEMBER"],
            document.Keys.Select(k =>
                new[]
                {
                    Name(k.Key),
                    k.Slot.ToString(),
                    Columns.Plain(k.HashTag ?? "-"),
                    k.Shard?.ToString() ?? "-",
                    Owner(document, k),
                }
            )
        );
        if (document.Keys.Length > 1)
        {
            terminal.Out.WriteLine();
            PrintGroups(terminal.Out, document);
        }
    }

    private static void PrintGroups(TextWriter output, SlotDocument document)
    {
        if (document.OneCommand)
        {
            output.WriteLine($"one command can use all {document.Keys.Length} keys: they are in one slot");
            return;
        }
        output.WriteLine(
            $"one command can't use all of them: they are in {document.Groups.Length} slots (CROSSSLOT); together go only"
        );
        foreach (var group in document.Groups)
        {
            output.WriteLine($"  {group.Slot}: {string.Join(", ", group.Keys.Select(Name))}");
        }
        output.WriteLine("a hash tag puts keys into one slot: {user:7}.name and {user:7}.mail");
    }

    private static string Name(string key) => key.Length == 0 ? "\"\"" : Columns.Plain(key);

    private static string Owner(SlotDocument document, SlotKey key) =>
        key.Member is { } member ? (key.Zone is { } zone ? $"{member} ({zone})" : member)
        : document.Target is null ? "-"
        : "nobody";
}
