using Slotwright.Core.Cluster;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Routing;

/// <summary>The reply to a command that was brought to the owner of its slot.</summary>
/// <param name="Reply">May be an error that is no matter of routing.</param>
/// <param name="Then">The reply to the command that followed; null where there was none, or it never came.</param>
/// <param name="By">Who answered.</param>
/// <param name="Attempts">How often it was sent; 1 where the first node that was asked answered.</param>
/// <param name="Unanswered">How many of the attempts got no answer, and may have been carried out.</param>
public readonly record struct RoutedReply(
    RespValue Reply,
    RespValue? Then,
    NodeAddress By,
    int Attempts,
    int Unanswered
)
{
    /// <summary>When it was sent the last time; a timestamp of the client's clock.</summary>
    public long SentAt { get; init; }

    /// <summary>When Reply came; Then may have come later.</summary>
    public long AnsweredAt { get; init; }
}
