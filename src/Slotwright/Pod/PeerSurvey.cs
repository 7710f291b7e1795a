using System.Collections.Immutable;
using Slotwright.Core.Failover;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Pods;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Pod;

/// <summary>
/// Asks a primary's replicas how far they are, other primaries whether these could get their votes and, where there is a
/// choice, for their zones.
/// </summary>
internal sealed class PeerSurvey(Credentials? credentials, TimeProvider time)
{
    /// <summary>Of the other primaries: in a large cluster these stand for all.</summary>
    private const int MostVoters = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<PeerSurveyResult> AskAsync(NodeReport report, CancellationToken ct)
    {
        var replicas = (await AllAsync(report.Peers.Where(p => p.Primary == report.Id), ct))
            .Where(a => a.Info is { IsPrimary: false })
            .Select(a => new HandOverCandidate(a.Row.Id, a.Info!.Zone, a.Info.PrimaryLinkUp, a.Info.Offset)
            {
                IsResuming = report.Server.Storage.AppendOnly is true && !a.Info.Storage.IsWhole,
            })
            .ToImmutableArray();
        if (!replicas.Any(r => r.LinkUp))
        {
            return new PeerSurveyResult(replicas, [], 0);
        }
        PeerRow[] primaries = [.. report.Peers.Where(p => p.Primary is null && !p.Slots.IsEmpty && p.Id != report.Id)];
        var voters = await VotersAsync(report, primaries, ct);
        replicas = [.. replicas.Select(r => r with { IsUnheard = !Ballot.IsWon(voters, r.Id, report.Id) })];
        if (replicas.Count(r => r.LinkUp) < 2 || report.Server.Zone.Length == 0)
        {
            return new PeerSurveyResult(replicas, [], 0);
        }
        var others = await AllAsync(primaries, ct);
        ImmutableArray<string> zones = [.. others.Select(a => a.Info?.Zone ?? "")];
        var known = zones.Concat(replicas.Select(r => r.Zone)).Append(report.Server.Zone).Where(z => z.Length > 0);
        return new PeerSurveyResult(replicas, zones, known.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>The member itself votes too.</summary>
    private async Task<ImmutableArray<PeerRow>[]> VotersAsync(
        NodeReport report,
        PeerRow[] primaries,
        CancellationToken ct
    )
    {
        var others = await Task.WhenAll(
            primaries.Take(MostVoters).Select(p => AskAsync(p, (peer, inner) => peer.PeersAsync(inner), ct))
        );
        return [report.Peers, .. others.Select(rows => rows.IsDefault ? [] : rows)];
    }

    private Task<(PeerRow Row, ServerInfo? Info)[]> AllAsync(IEnumerable<PeerRow> rows, CancellationToken ct) =>
        Task.WhenAll(rows.Select(async row => (row, await InfoAsync(row, ct))));

    /// <returns>Null where it does not say.</returns>
    public Task<ServerInfo?> InfoAsync(PeerRow row, CancellationToken ct) =>
        AskAsync<ServerInfo?>(row, async (peer, inner) => await peer.ServerInfoAsync(inner), ct);

    /// <returns>Its default where it does not say.</returns>
    private async Task<T?> AskAsync<T>(
        PeerRow row,
        Func<ValkeyConnection, CancellationToken, Task<T>> question,
        CancellationToken ct
    )
    {
        const PeerFlags Gone = PeerFlags.Fail | PeerFlags.Handshake | PeerFlags.NoAddress;
        if ((row.Flags & Gone) != PeerFlags.None || row.Address is not { } address)
        {
            return default;
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
            return await question(peer, either.Token);
        }
        catch (Exception e) when (e is OperationFailedException or IOException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return default;
        }
    }
}
