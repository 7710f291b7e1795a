using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Pods;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Pod;

/// <summary>
/// Asks a primary's replicas how far they are and, where there is a choice, the other primaries for their zones.
/// </summary>
internal sealed class PeerSurvey(Credentials? credentials, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<PeerSurveyResult> AskAsync(NodeReport report, CancellationToken ct)
    {
        var replicas = (await AllAsync(report.Peers.Where(p => p.Primary == report.Id), ct))
            .Where(a => a.Info is { IsPrimary: false })
            .Select(a => new HandOverCandidate(a.Row.Id, a.Info!.Zone, a.Info.PrimaryLinkUp, a.Info.Offset)
            {
                IsResuming = report.Server.Storage.AppendOnly is true && !a.Info.Storage.IsWhole,
            })
            .ToImmutableArray();
        if (replicas.Count(r => r.LinkUp) < 2 || report.Server.Zone.Length == 0)
        {
            return new PeerSurveyResult(replicas, [], 0);
        }
        var others = await AllAsync(
            report.Peers.Where(p => p.Primary is null && !p.Slots.IsEmpty && p.Id != report.Id),
            ct
        );
        ImmutableArray<string> zones = [.. others.Select(a => a.Info?.Zone ?? "")];
        var known = zones.Concat(replicas.Select(r => r.Zone)).Append(report.Server.Zone).Where(z => z.Length > 0);
        return new PeerSurveyResult(replicas, zones, known.Distinct(StringComparer.Ordinal).Count());
    }

    private Task<(PeerRow Row, ServerInfo? Info)[]> AllAsync(IEnumerable<PeerRow> rows, CancellationToken ct) =>
        Task.WhenAll(rows.Select(async row => (row, await InfoAsync(row, ct))));

    /// <returns>Null where it does not say.</returns>
    public async Task<ServerInfo?> InfoAsync(PeerRow row, CancellationToken ct)
    {
        const PeerFlags Gone = PeerFlags.Fail | PeerFlags.Handshake | PeerFlags.NoAddress;
        if ((row.Flags & Gone) != PeerFlags.None || row.Address is not { } address)
        {
            return null;
        }
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await using var peer = await ValkeyConnection.OpenAsync(
                await TcpDialer.ConnectAsync(address, time, either.Token),
                credentials,
                address.ToString(),
                either.Token
            );
            return await peer.ServerInfoAsync(either.Token);
        }
        catch (Exception e) when (e is OperationFailedException or IOException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }
}
