namespace Slotwright.Unit.Tests.Servers;

/// <summary>Keeps what was said.</summary>
public sealed class Said : IProgress<string>
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines => lines;

    public void Report(string value) => lines.Add(value);
}
