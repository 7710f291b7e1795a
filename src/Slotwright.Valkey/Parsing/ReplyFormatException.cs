using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Parsing;

/// <summary>A reply that does not look as servers of the supported versions write it.</summary>
public sealed class ReplyFormatException : FormatException
{
    /// <param name="command">The command that was answered: <c>CLUSTER NODES</c>.</param>
    /// <param name="where">Line or field: <c>line 3, flags</c>.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="offending">The text that is wrong; shortened in the message.</param>
    public ReplyFormatException(string command, string where, string problem, string offending)
        : base($"{command}, {where}: {problem}: {Printable.Quote(offending)}")
    {
        Command = command;
        Where = where;
        Problem = problem;
        Offending = offending;
    }

    public string Command { get; }

    public string Where { get; }

    public string Problem { get; }

    public string Offending { get; }
}
