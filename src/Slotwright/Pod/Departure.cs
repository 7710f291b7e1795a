using Slotwright.Core.Cluster;
using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Pods;
using Slotwright.Core.Restarts;
using Slotwright.Core.Storage;
using Slotwright.Local.Storage;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Pod;

/// <summary>A member's way out: looks, decides, does what was decided, and looks again, within the grace period.</summary>
internal sealed class Departure : IAsyncDisposable
{
    /// <summary>A manual failover that has not come about by then is given up by the servers too.</summary>
    private static readonly TimeSpan SwapPatience = TimeSpan.FromSeconds(6);

    /// <summary>In which clients that did not know yet are sent on rather than cut off.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    /// <summary>Who has taken over a moment ago may not know yet who follows it.</summary>
    private static readonly TimeSpan ViewPatience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LinkPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(500);

    /// <summary>From a server's end to the next one's start: a pod that is deleted, placed and prepared anew.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(20);

    /// <summary>For what a server does when it ends besides saving.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(2);

    private readonly PodEnvironment _pod;
    private readonly IProgress<string> _log;
    private readonly TimeProvider _time;
    private readonly Credentials? _credentials;
    private readonly ValkeyConnection _own;
    private readonly long _start;
    private readonly PeerSurvey _survey;
    private int _failed;
    private bool _refuses;
    private NodeId? _refusedBy;

    private Departure(
        PodEnvironment pod,
        IProgress<string> log,
        TimeProvider time,
        Credentials? credentials,
        ValkeyConnection own,
        long start
    )
    {
        _pod = pod;
        _log = log;
        _time = time;
        _credentials = credentials;
        _own = own;
        _start = start;
        _survey = new PeerSurvey(credentials, time);
    }

    /// <summary>Ends within the grace period, whatever happens.</summary>
    public static async Task RunAsync(
        PodEnvironment pod,
        IProgress<string> log,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var start = time.GetTimestamp();
        using var grace = new CancellationTokenSource(pod.GracePeriod, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, grace.Token);
        try
        {
            var credentials = PodPassword.OfMember(pod) is { } password ? new Credentials(null, password) : null;
            var address = new NodeAddress(pod.OwnAddress, pod.ClientPort);
            var own = await ValkeyConnection.OpenAsync(
                await TcpDialer.ConnectAsync(address, time, either.Token),
                credentials,
                "the server",
                either.Token
            );
            await using var departure = new Departure(pod, log, time, credentials, own, start);
            await departure.GoAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            log.Report($"the grace period of {pod.GracePeriod.TotalSeconds:0} s is over");
        }
    }

    public ValueTask DisposeAsync() => _own.DisposeAsync();

    private async Task GoAsync(CancellationToken ct)
    {
        var persistence = await PersistenceAsync(ct);
        PreStopDecision? before = null;
        PreStopDecision.End? end = null;
        while (end is null)
        {
            var report = await _own.ReportAsync(ct);
            var decision = PreStop.Decide(await EvidenceAsync(report, persistence, ct));
            if (decision != before)
            {
                _log.Report(Describe(decision, report));
            }
            before = decision;
            if (await LooksAgainAsync(decision, report, ct))
            {
                continue;
            }
            switch (decision)
            {
                case PreStopDecision.HandOver over:
                    await HandOverAsync(report.Peers.First(p => p.Id == over.To), persistence, ct);
                    break;
                case PreStopDecision.Wait:
                    await Task.Delay(LookPause, _time, ct);
                    break;
                case PreStopDecision.End found:
                    if (report.Server.IsPrimary && found.IsLast)
                    {
                        var stream = report.Server.Fields.GetValueOrDefault("master_replid", "");
                        LeadMark.Write(_pod.Paths, stream, report.Server.Offset);
                    }
                    var isSpare = !report.Server.IsPrimary && !found.IsLast;
                    var saves = persistence.Saves(found.IsLast) || (isSpare && await ResumesAsync(report, ct));
                    await PrepareAsync(saves, isSpare, report.Server.Version, ct);
                    end = isSpare && (await _own.RoleAsync(ct)).IsPrimary ? null : found; // elected at the last moment
                    break;
            }
        }
    }

    /// <summary>
    /// Before a replica goes it takes over from nobody any more. Who had been told to before that has done so by the
    /// next look.
    /// </summary>
    private async Task<bool> LooksAgainAsync(PreStopDecision decision, NodeReport report, CancellationToken ct)
    {
        var goes = decision is PreStopDecision.End { IsLast: false } && !report.Server.IsPrimary;
        if (goes == _refuses)
        {
            return false;
        }
        if (!goes)
        {
            _refuses = false;
            await TakeoverRefusal.EndAsync(_own, ct);
            return false;
        }
        _refuses = await TakeoverRefusal.BeginAsync(_own, ct);
        if (_refuses)
        {
            await Task.Delay(Linger, _time, ct);
        }
        return _refuses;
    }

    private async Task<PreStopEvidence> EvidenceAsync(NodeReport report, Persistence persistence, CancellationToken ct)
    {
        var survey = report.Self.Slots.IsEmpty ? PeerSurveyResult.None : await _survey.AskAsync(report, ct);
        var isLate = Left(persistence, isLast: !survey.Replicas.Any(r => r.LinkUp)) <= TimeSpan.Zero;
        var left = Left(persistence, isLast: false);
        var isComing = _time.GetElapsedTime(_start) < ViewPatience || report.Server.ConnectedReplicas > 0;
        return new PreStopEvidence(
            report.Server.Version,
            report.Peers,
            IsViewComing: isComing && !isLate,
            survey.Replicas,
            survey.OtherPrimaries,
            survey.Zones,
            Failed: _failed,
            IsLate: isLate
        )
        {
            IsShort = left <= SwapPatience,
        };
    }

    /// <summary>Until the server has to be left to its shutdown.</summary>
    private TimeSpan Left(Persistence persistence, bool isLast) =>
        _pod.GracePeriod - persistence.ShutdownTime(_pod.GracePeriod, isLast) - _time.GetElapsedTime(_start);

    private async Task HandOverAsync(PeerRow replica, Persistence persistence, CancellationToken ct)
    {
        var left = Left(persistence, isLast: false);
        var patience = left < SwapPatience ? left : SwapPatience;
        var start = _time.GetTimestamp();
        try
        {
            await using var peer = await ConnectAsync(replica, ct);
            await peer.AskAsync(RespCommand.Of("CLUSTER", "FAILOVER"), ct);
            if (await Wait.UntilAsync(async inner => !(await _own.RoleAsync(inner)).IsPrimary, patience, _time, ct))
            {
                var took = _time.GetElapsedTime(start);
                _log.Report($"{Name(replica)} has taken over, {took.TotalMilliseconds:0} ms after it was told");
                await Wait.UntilAsync(async inner => (await _own.RoleAsync(inner)).LinkUp, LinkPatience, _time, ct);
                await Task.Delay(Linger, _time, ct);
                return;
            }
            _log.Report($"{Name(replica)} has not taken over within {patience.TotalSeconds:0.#} s");
        }
        catch (OperationFailedException e) when (e.Code == TakeoverRefusal.Code && !_own.IsBroken)
        {
            if (_refusedBy != replica.Id)
            {
                _log.Report($"{Name(replica)} takes over from nobody: it is on its way out too, and is waited for");
            }
            _refusedBy = replica.Id;
            await Task.Delay(LookPause, _time, ct);
            return;
        }
        catch (Exception e) when (e is OperationFailedException or IOException && !_own.IsBroken)
        {
            _log.Report($"{Name(replica)} does not take over: {e.Message}");
        }
        _failed++;
    }

    /// <summary>Leaves a mark for the next start where that can go on from a snapshot.</summary>
    /// <returns>Whether the server ends with one for it.</returns>
    private async Task<bool> ResumesAsync(NodeReport report, CancellationToken ct)
    {
        var left = _pod.GracePeriod - _time.GetElapsedTime(_start) - Reserve;
        var primary = report.Peers.FirstOrDefault(p => p.Id == report.Self.Primary);
        var evidence = new ResumeEvidence(
            report.Server,
            primary is null ? null : await _survey.InfoAsync(primary, ct),
            Between,
            left
        );
        var settings = StorageSettings.Of(ConfigText.Parse(await File.ReadAllTextAsync(_pod.Paths.Config, ct)));
        var decision = ResumeLeave.Prepare(settings, evidence, _pod.GracePeriod, _time.GetUtcNow());
        if (decision is not ResumeDecision.Usual)
        {
            var what = decision is ResumeDecision.Copy ? "it will copy everything from its primary" : "it will resume";
            _log.Report($"after its restart {what}: {decision.Reason}");
        }
        return decision is ResumeDecision.Resume or ResumeDecision.Again { Saves: true };
    }

    /// <summary>What TERM makes of the server: it is sent as soon as this has ended.</summary>
    /// <param name="isSpare">
    /// What it has, others have too. A server that writes its first append-only file after a full sync would refuse to
    /// end, and be killed when the grace period is over.
    /// </param>
    private async Task PrepareAsync(bool saves, bool isSpare, Version version, CancellationToken ct)
    {
        var words = (saves ? "save" : "nosave") + (isSpare ? " force" : "");
        var setting = ServerFeatures.HasShutdownFailover(version) ? $"{words} failover" : words;
        try
        {
            await _own.ConfigSetAsync("shutdown-on-sigterm", setting, ct);
            _log.Report($"the server ends by TERM, {(saves ? "with a snapshot" : "without a snapshot")}");
        }
        catch (OperationFailedException e) when (!_own.IsBroken)
        {
            _log.Report($"the server ends by TERM, as it is configured: {e.Message}"); // CONFIG may be renamed
        }
    }

    private async Task<Persistence> PersistenceAsync(CancellationToken ct)
    {
        var server = await _own.ServerInfoAsync(ct);
        var savePoints = await _own.SendAsync(RespCommand.Of("CONFIG", "GET", "save"), ct);
        return new Persistence(
            server.Fields.GetValueOrDefault("aof_enabled") == "1",
            // where CONFIG is renamed, a snapshot too many is the lesser evil
            savePoints is not RespValue.Array { Items: [_, var points] }
                || points.AsText() is { Length: > 0 },
            server.UsedMemory
        );
    }

    private async Task<ValkeyConnection> ConnectAsync(PeerRow peer, CancellationToken ct) =>
        await ValkeyConnection.OpenAsync(
            await TcpDialer.ConnectAsync(peer.Address!.Value, _time, ct),
            _credentials,
            Name(peer),
            ct
        );

    private static string Describe(PreStopDecision decision, NodeReport report) =>
        decision switch
        {
            PreStopDecision.HandOver over =>
                $"it hands over to {Name(report.Peers.First(p => p.Id == over.To))}: {over.Reason}",
            PreStopDecision.Wait wait => $"it waits: {wait.Reason}",
            _ => $"it goes: {decision.Reason}",
        };

    private static string Name(PeerRow row) => row.Hostname.Length > 0 ? row.Hostname.Split('.')[0] : $"{row.Address}";
}
