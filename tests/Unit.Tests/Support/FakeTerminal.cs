using System.Text;
using Slotwright.Output;

namespace Slotwright.Unit.Tests.Support;

/// <summary>A terminal that keeps what is printed; somebody sits in front of it only where answers are given.</summary>
internal sealed class FakeTerminal
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public FakeTerminal(params string[]? answers)
    {
        var input = answers is null ? null : new StringReader(string.Join('\n', answers));
        Terminal = new Terminal(
            Consoles.Of(new StringWriter(_output), redirected: true),
            Consoles.Of(new StringWriter(_error), redirected: true),
            input,
            input is null ? null : () => input.ReadLine() ?? ""
        );
    }

    /// <summary>Nobody sits in front of it.</summary>
    public FakeTerminal()
        : this(null) { }

    public Terminal Terminal { get; }

    public string Output => _output.ToString();

    public string Error => _error.ToString();
}
