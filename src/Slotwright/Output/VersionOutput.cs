namespace Slotwright.Output;

/// <summary>What <c>version</c> prints.</summary>
internal static class VersionOutput
{
    public static void Print(Terminal terminal, Format format, string version)
    {
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, new VersionDocument(version));
            return;
        }
        terminal.Out.WriteLine(version);
    }
}
