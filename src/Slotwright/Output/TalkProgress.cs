namespace Slotwright.Output;

/// <summary>Says what is going on, a line each, on standard error.</summary>
internal sealed class TalkProgress(Terminal terminal) : IProgress<string>
{
    public void Report(string value) => terminal.Error.WriteLine(value);
}
