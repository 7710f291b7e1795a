using System.Text.Json.Serialization;
using Slotwright.Valkey.Resp;

namespace Slotwright.Output;

/// <summary>One member's part of what <c>exec --format json</c> prints, which is an array of them.</summary>
/// <param name="Reply">Null also where there is an Error.</param>
/// <param name="Error">The server's error reply, or why there is no reply; else null.</param>
internal sealed record ExecReply(
    string Member,
    [property: JsonConverter(typeof(ReplyConverter))] RespValue? Reply,
    string? Error
);
