#pragma warning disable RS0030 // the only file here that prints

namespace Slotwright.Bench;

/// <summary>What a benchmark says: its table and last line on stdout, all else on stderr.</summary>
internal static class Terminal
{
    public static void Print(string text) => Console.Out.WriteLine(text);

    public static void Complain(string text) => Console.Error.WriteLine(text);
}
