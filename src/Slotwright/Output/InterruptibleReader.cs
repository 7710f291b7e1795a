namespace Slotwright.Output;

/// <summary>Lines that somebody types; Ctrl-C ends the waiting, which the reader beneath would not notice.</summary>
internal sealed class InterruptibleReader(TextReader inner, CancellationToken stop) : TextReader
{
    /// <exception cref="OperationCanceledException">Ctrl-C came first.</exception>
    public override string? ReadLine()
    {
        var line = Task.Run(inner.ReadLine, stop);
        line.Wait(stop);
        return line.Result;
    }
}
