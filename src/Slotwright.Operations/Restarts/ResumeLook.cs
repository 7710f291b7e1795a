using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Restarts;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Restarts;

/// <summary>Asks a member that is about to restart, and its primary.</summary>
public static class ResumeLook
{
    /// <param name="connect">To a peer; the connection is disposed of by its owner.</param>
    /// <param name="between">From the end of its server to the start of the next.</param>
    /// <param name="left">How long its server may take to end; null where nobody ends it by force.</param>
    /// <exception cref="OperationFailedException">The member itself can't be asked.</exception>
    public static async Task<ResumeEvidence> AskAsync(
        ValkeyConnection own,
        Func<PeerRow, CancellationToken, Task<ValkeyConnection>> connect,
        TimeSpan between,
        TimeSpan? left,
        CancellationToken ct
    )
    {
        var report = await own.ReportAsync(ct);
        var primary = report.Peers.FirstOrDefault(p => p.Id == report.Self.Primary);
        return new ResumeEvidence(report.Server, await InfoAsync(primary, connect, ct), between, left);
    }

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
