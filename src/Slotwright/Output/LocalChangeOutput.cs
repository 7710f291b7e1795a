namespace Slotwright.Output;

/// <summary>What the verbs of <c>local</c> that change members print.</summary>
internal static class LocalChangeOutput
{
    public static void Print(Terminal terminal, Format format, LocalChangeDocument document)
    {
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, document);
        }
        else
        {
            Columns.Print(
                terminal.Out,
                ["MEMBER", "ZONE", "ADDRESS", "WAS", "IS"],
                document.Members.Select(m =>
                    new[]
                    {
                        m.Member,
                        m.Zone ?? "-",
                        m.Before == m.Address ? m.Address.ToString() : $"{m.Before} -> {m.Address}",
                        m.Was,
                        m.Is,
                    }
                )
            );
        }
        foreach (var member in document.Members.Where(m => m.Error is not null))
        {
            terminal.Error.WriteLine($"slotwright: {document.Action}: {member.Error}");
        }
    }
}
