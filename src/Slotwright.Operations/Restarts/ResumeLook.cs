using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Restarts;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Restarts;

/// <summary>Asks a member that is about to restart, and its primary.</summary>
public static class ResumeLook
{
    private static readonly TimeSpan LinkPatience = TimeSpan.FromSeconds(2);

    /// <param name="connect">To a peer; the connection is disposed of by its owner.</param>
    /// <param name="between">From the end of its server to the start of the next.</param>
    /// <param name="left">How long its server may take to end; null where nobody ends it by force.</param>
    /// <param name="time">A link that has just changed its primary is waited for.</param>
    /// <exception cref="OperationFailedException">The member itself can't be asked.</exception>
    public static async Task<ResumeEvidence> AskAsync(
        ValkeyConnection own,
        Func<PeerRow, CancellationToken, Task<ValkeyConnection>> connect,
        TimeSpan between,
        TimeSpan? left,
        TimeProvider time,
        CancellationToken ct
    )
    {
        NodeReport? seen = null;
        await Wait.UntilAsync(
            async inner => !IsLinking((seen = await own.ReportAsync(inner)).Server),
            LinkPatience,
            time,
            ct
        );
        var report = seen!; // it is asked at least once
        var primary = report.Peers.FirstOrDefault(p => p.Id == report.Self.Primary);
        return new ResumeEvidence(report.Server, await InfoAsync(primary, connect, ct), between, left);
    }

    private static bool IsLinking(ServerInfo own) =>
        own is { IsPrimary: false, PrimaryLinkUp: false, SyncInProgress: false, Loading: false };

    private static async Task<ServerInfo?> InfoAsync(
        PeerRow? primary,
        Func<PeerRow, CancellationToken, Task<ValkeyConnection>> connect,
        CancellationToken ct
    )
    {
        try
        {
            return primary is null ? null : await (await connect(primary, ct)).ServerInfoAsync(ct);
        }
        catch (Exception e) when (e is OperationFailedException or IOException)
        {
            return null;
        }
    }
}
