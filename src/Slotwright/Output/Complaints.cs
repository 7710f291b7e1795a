using System.Collections.Immutable;
using System.CommandLine;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Operations.Targets;

namespace Slotwright.Output;

/// <summary>Tells what went wrong: in words on standard error, with <c>--format json</c> as a document too.</summary>
internal sealed class Complaints(Terminal terminal, Format format)
{
    /// <summary>What System.CommandLine says where a word that names a command is wanted.</summary>
    private const string NoCommand = "Required command was not provided";

    public int Usage(ParseResult parsed)
    {
        var command = CommandPath(parsed);
        var messages = Messages(parsed);
        foreach (var message in messages)
        {
            Say($"slotwright: {message}");
        }
        Say($"try '{command} --help'");
        return Document(ExitCode.Usage, "usage", string.Join("; ", messages));
    }

    public int BadInput(BadInputException e)
    {
        foreach (var problem in e.Problems)
        {
            Say($"slotwright: {problem}");
        }
        return Document(ExitCode.Usage, "usage", e.Message, problems: e.Problems);
    }

    public int Refused(RefusedException e)
    {
        Say($"slotwright: {e.Operation} is refused, nothing was changed");
        foreach (var finding in e.Findings)
        {
            Say($"  {finding.Subject}: {finding.What}");
            Say($"    why: {finding.Why}");
            if (finding.Remedy.Length > 0)
            {
                Say($"    do:  {finding.Remedy}");
            }
        }
        return Document(ExitCode.Refused, "refused", e.Message, findings: e.Findings);
    }

    public int Busy(ClusterBusyException e)
    {
        const string Next = "wait until it ends, or end it, and run the command again";
        Say($"slotwright: {e.Message}");
        Say($"  {Next}");
        return Document(ExitCode.Refused, "busy", e.Message, next: Next);
    }

    public int Failed(OperationFailedException e)
    {
        var member = e.Member is { } name && e.Message.StartsWith(name, StringComparison.Ordinal) ? null : e.Member;
        var place = string.Join(", ", new[] { member, e.Command }.OfType<string>());
        Say(place.Length == 0 ? $"slotwright: {e.Message}" : $"slotwright: {place}: {e.Message}");
        if (e.Done is { } done)
        {
            Say($"  done: {done}");
        }
        if (e.Next is { } next)
        {
            Say($"  next: {next}");
        }
        return Document(ExitCode.Failed, "failed", e.Message, e.Member, e.Command, e.Done, e.Next);
    }

    public int Interrupted(string message)
    {
        Say($"slotwright: {message}");
        return Document(ExitCode.Interrupted, "interrupted", "interrupted");
    }

    public int NoOutput(OutputFailedException e)
    {
        Say($"slotwright: standard output can't be written: {e.Message}");
        return ExitCode.Failed;
    }

    public int Bug(Exception e, IReadOnlyDictionary<string, string> environment)
    {
        Say($"slotwright: this should not have happened: {e.GetType().Name}: {e.Message}");
        Say(
            environment.ContainsKey("SLOTWRIGHT_TRACE")
                ? e.ToString()
                : "  please report it, with what SLOTWRIGHT_TRACE=1 adds to this message"
        );
        return Document(ExitCode.Failed, "failed", e.Message);
    }

    /// <summary>Whoever wrote a word that is no command is not told as well that one is wanted.</summary>
    private static string[] Messages(ParseResult parsed)
    {
        var messages = parsed.Errors.Select(e => Line(e.Message)).Distinct(StringComparer.Ordinal).ToArray();
        return parsed.UnmatchedTokens.Count > 0 && messages.Length > 1
            ? [.. messages.Where(m => m != NoCommand)]
            : messages;
    }

    private static string Line(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');

    private static string CommandPath(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var c = parsed.CommandResult; c is not null; c = c.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Push(c.Command is RootCommand ? "slotwright" : c.Command.Name);
        }
        return string.Join(' ', names);
    }

    private int Document(
        int exitCode,
        string error,
        string message,
        string? member = null,
        string? command = null,
        string? done = null,
        string? next = null,
        ImmutableArray<Problem>? problems = null,
        ImmutableArray<Finding>? findings = null
    )
    {
        if (format != Format.Json)
        {
            return exitCode;
        }
        try
        {
            JsonOut.Write(
                terminal.Out,
                new ErrorDocument(error, message, member, command, done, next, problems ?? [], findings ?? [])
            );
        }
        catch (OutputFailedException e)
        {
            NoOutput(e);
        }
        return exitCode;
    }

    private void Say(string line) => terminal.Error.WriteLine(line);
}
