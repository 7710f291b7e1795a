namespace Slotwright.Core.Failures;

/// <summary>The world failed: a node that does not answer, a process that ends, a disk that is full. Exit code 1.</summary>
public sealed class OperationFailedException(
    string what,
    string? member = null,
    string? command = null,
    string? done = null,
    string? next = null,
    Exception? cause = null
) : Exception(what, cause)
{
    public FailureKind Kind { get; init; }

    /// <summary>A word for programs: the first one of the error reply, or why there was none; null where nobody asks.</summary>
    public string? Code { get; init; }

    /// <summary>The member that failed; null where it was none in particular.</summary>
    public string? Member { get; } = member;

    /// <summary>The command that failed, without secrets.</summary>
    public string? Command { get; } = command;

    /// <summary>What had been done when it failed.</summary>
    public string? Done { get; } = done;

    /// <summary>What a person does next.</summary>
    public string? Next { get; } = next;
}
