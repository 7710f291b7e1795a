using Slotwright.Commands;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;

namespace Slotwright.Output;

/// <summary>Asks before something is done that can't be undone; whoever can't be asked is refused.</summary>
internal sealed class Confirmation(Terminal terminal)
{
    /// <summary>Returns where the answer is yes.</summary>
    /// <param name="operation">What is refused where it is not.</param>
    /// <param name="question">One sentence that ends in a question mark.</param>
    /// <param name="yes">Whether --yes was given: then nobody is asked.</param>
    /// <exception cref="RefusedException">The answer is no, or there is nobody to ask.</exception>
    public void Demand(string operation, string question, bool yes)
    {
        if (yes)
        {
            return;
        }
        if (terminal.Input is not { } input)
        {
            throw Refused("nobody could be asked", $"it asks first: {question}", "add --yes to go on without asking");
        }
        terminal.Error.Write($"{question} [y/N] ");
        terminal.Error.Flush();
        if (!IsYes(Answer(input)))
        {
            throw Refused("it was not confirmed", "the answer was no", "");
        }

        RefusedException Refused(string what, string why, string remedy) =>
            new(operation, new Finding("not-confirmed", Verdict.Failed, "confirmation", what, why, remedy));
    }

    private string? Answer(TextReader input)
    {
        try
        {
            return input.ReadLine();
        }
        catch (OperationCanceledException e)
        {
            terminal.Error.WriteLine(); // the question ended none
            throw new InterruptedException("interrupted; nothing was changed", e, e.CancellationToken);
        }
    }

    private static bool IsYes(string? answer) =>
        answer?.Trim() is { } word
        && (
            word.Equals("y", StringComparison.OrdinalIgnoreCase)
            || word.Equals("yes", StringComparison.OrdinalIgnoreCase)
        );
}
