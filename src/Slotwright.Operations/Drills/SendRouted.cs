using Slotwright.Valkey.Resp;
using Slotwright.Valkey.Routing;

namespace Slotwright.Operations.Drills;

/// <summary>Brings a command to the owner of its slot: see <see cref="ClusterClient"/>.</summary>
internal delegate ValueTask<RoutedReply> SendRouted(
    int slot,
    RespCommand command,
    RespCommand? then,
    TimeSpan budget,
    CancellationToken ct
);
