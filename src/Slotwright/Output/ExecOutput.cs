using System.Collections.Immutable;
using System.Text;
using Slotwright.Operations.Asking;
using Slotwright.Valkey.Resp;

namespace Slotwright.Output;

/// <summary>What members answered to a command.</summary>
/// <param name="raw">As valkey-cli prints it into a pipe.</param>
/// <param name="named">Each reply begins with its member's name.</param>
internal sealed class ExecOutput(Terminal terminal, RespCommand command, bool raw, bool named)
{
    /// <summary>The human face of one reply, at once.</summary>
    public void Print(MemberReply reply) => terminal.WriteBytes(Text(reply));

    /// <summary>The JSON face of all.</summary>
    public void PrintJson(IEnumerable<MemberReply> replies) =>
        JsonOut.Write<ImmutableArray<ExecReply>>(terminal.Out, [.. replies.Select(Document)]);

    public ReadOnlySpan<byte> Text(MemberReply reply)
    {
        var body = Body(reply).Span;
        if (!named)
        {
            return body;
        }
        var isOneLine = body.IndexOf((byte)'\n') is var end && (end < 0 || end == body.Length - 1);
        var name = Encoding.UTF8.GetBytes(isOneLine ? $"{reply.Member.Name}: " : $"{reply.Member.Name}:\n");
        return (byte[])[.. name, .. body, .. body.EndsWith("\n"u8) ? ""u8 : "\n"u8];
    }

    private ReadOnlyMemory<byte> Body(MemberReply reply) =>
        reply switch
        {
            { Failure: { } failure } => Encoding.UTF8.GetBytes($"(no reply) {failure.Message}\n"),
            { Reply: { } value } when ReplyPrinter.IsForPeople(command) => ReplyPrinter.Raw(value),
            { Reply: { } value } when raw => (byte[])[.. RawLine(value), (byte)'\n'],
            _ => ReplyPrinter.Typed(reply.Reply!),
        };

    /// <summary>valkey-cli has an empty line after an error, which would part it from its member's name.</summary>
    private ReadOnlySpan<byte> RawLine(RespValue value)
    {
        var bytes = ReplyPrinter.Raw(value).Span;
        return named && value is RespValue.Error ? bytes.TrimEnd((byte)'\n') : bytes;
    }

    private static ExecReply Document(MemberReply reply) =>
        reply.Reply is RespValue.Error error
            ? new ExecReply(reply.Member.Name, null, error.Text)
            : new ExecReply(reply.Member.Name, reply.Reply, reply.Failure?.Message);
}
