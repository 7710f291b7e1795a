namespace Slotwright.Commands;

/// <summary>A command was interrupted that leaves nothing to go on with.</summary>
/// <param name="message">What it was interrupted in.</param>
internal sealed class InterruptedException(string message, Exception cause, CancellationToken token)
    : OperationCanceledException(message, cause, token);
