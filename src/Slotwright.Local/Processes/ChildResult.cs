namespace Slotwright.Local.Processes;

/// <summary>How a child process ended and what it said.</summary>
internal sealed record ChildResult(int ExitCode, string Output, string Errors)
{
    public bool Ok => ExitCode == 0;

    /// <summary>Output and errors, in this order.</summary>
    public string Text => Errors.Length == 0 ? Output : Output + "\n" + Errors;
}
