using Slotwright.Operations.Asking;
using Slotwright.Valkey.Resp;

namespace Slotwright.Output;

/// <summary>What a person can do about errors that only a cluster gives.</summary>
internal static class ExecHints
{
    /// <param name="isOwnerAsked">The command went to the owner of its key, nobody was named.</param>
    public static void Print(Terminal terminal, IReadOnlyCollection<MemberReply> replies, bool isOwnerAsked)
    {
        var codes = replies.Select(r => (r.Reply as RespValue.Error)?.Code).ToHashSet(StringComparer.Ordinal);
        if (codes.Contains("CROSSSLOT"))
        {
            terminal.Error.WriteLine("slotwright: which keys go into one command: slotwright slot KEY...");
        }
        if (codes.Contains("MOVED") && !isOwnerAsked)
        {
            terminal.Error.WriteLine("slotwright: without --on the command goes to the member that owns its key");
        }
    }
}
