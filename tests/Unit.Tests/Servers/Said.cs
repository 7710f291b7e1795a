namespace Slotwright.Unit.Tests.Servers;

/// <summary>Keeps what was said.</summary>
public sealed class Said : IProgress<string>
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Report(string value) => _lines.Add(value);
}
