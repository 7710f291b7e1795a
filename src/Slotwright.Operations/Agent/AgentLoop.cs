using Slotwright.Core.Agent;
using Slotwright.Core.Failures;
using Slotwright.Operations.Running;

namespace Slotwright.Operations.Agent;

/// <summary>
/// An agent: looks at its member's server every second or so, judges, does one thing, and looks again. It keeps nothing
/// that it needs: killed at any moment and started again, it finds in the cluster what is left to be done.
/// </summary>
public sealed class AgentLoop : IAsyncDisposable
{
    /// <summary>Between two looks, a tenth more or less.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>What it waits with is no news.</summary>
    private const string Again = "tries again in a while";

    private readonly IAgentPlace _place;
    private readonly IProgress<string> _log;
    private readonly TimeProvider _time;
    private readonly TimeSpan _pause;
    private readonly AgentServer _server;
    private readonly AgentPeers _peers;
    private readonly AgentNames _names;
    private readonly AgentRumours _rumours;
    private readonly AgentDeeds _deeds;
    private AgentStatus _status;
    private string? _said;
    private string _tried = "";
    private int _tries;
    private long _triedAt;

    /// <param name="random">So that a thousand agents don't look in the same moment.</param>
    public AgentLoop(IAgentPlace place, IProgress<string> log, Random random, TimeProvider time)
        : this(place, log, random, time, withoutIdentityCheck: false) { }

    internal AgentLoop(
        IAgentPlace place,
        IProgress<string> log,
        Random random,
        TimeProvider time,
        bool withoutIdentityCheck
    )
    {
        (_place, _log, _time) = (place, log, time);
        _pause = Pause * (0.9 + (random.NextDouble() * 0.2));
        _server = new AgentServer(place, time);
        _peers = new AgentPeers(place, random, time);
        _rumours = new AgentRumours(place.Hostname, _peers, random, time);
        _names = new AgentNames(place, time);
        _deeds = new AgentDeeds(_server, _peers, log) { IsWithoutIdentityCheck = withoutIdentityCheck };
        _status = new AgentStatus { Hostname = place.Hostname, Started = time.GetUtcNow() };
    }

    /// <summary>As of the last look.</summary>
    public AgentStatus Status => Volatile.Read(ref _status);

    /// <summary>Until it is cancelled.</summary>
    public Task RunAsync(CancellationToken ct) =>
        Wait.UntilAsync(
            async inner =>
            {
                await LookAsync(inner);
                return false;
            },
            TimeSpan.MaxValue,
            _pause,
            _time,
            ct
        );

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Once; never throws for what its server, its peers or DNS do.</summary>
    internal async Task LookAsync(CancellationToken ct)
    {
        var start = _time.GetTimestamp();
        string? held = null;
        OwnView? view = null;
        AgentDecision? decision = null;
        try
        {
            held = _place.HeldBack();
            view = (await _server.LookAsync(ct)) with { Zones = _rumours.Zones };
            if (held is null && view.Server.Zone.Length > 0)
            {
                _place.KeepZone(view.Server.Zone);
            }
            decision = await JudgeAsync(view, held, ct);
            if (!decision.Reason.StartsWith(Again, StringComparison.Ordinal))
            {
                Say(decision.Reason);
            }
        }
        catch (Exception e) when (e is OperationFailedException or IOException or UnauthorizedAccessException)
        {
            Say($"{(view is null ? "the server does not answer" : "it could not be done")}: {e.Message}");
        }
        Volatile.Write(
            ref _status,
            _status with
            {
                Looked = _time.GetUtcNow(),
                Looks = _status.Looks + 1,
                Took = _time.GetElapsedTime(start),
                View = view,
                LastView = view ?? _status.LastView,
                HeldBack = held,
                Decision = decision,
            }
        );
    }

    private async Task<AgentDecision> JudgeAsync(OwnView view, string? held, CancellationToken ct)
    {
        await _rumours.ListenAsync(view, ct);
        var evidence = new AgentEvidence(_place.Hostname, view.Nodes, view.Server.Keys, view.Server.PrimaryLinkUp)
        {
            Now = _time.GetUtcNow(),
            Zone = view.Server.Zone,
            HeldBack = held,
            WasAnother = _rumours.WasAnother,
            Tries = _tries,
        };
        var decision = AgentJudge.Decide(evidence);
        while (decision is AgentDecision.AskNames or AgentDecision.AskMembers)
        {
            if (decision is AgentDecision.AskMembers && !_peers.IsDue)
            {
                return new AgentDecision.Rest($"{Again}: the other members have just been asked");
            }
            evidence = decision is AgentDecision.AskNames ask
                ? evidence with
                {
                    Names = await _names.AskAsync(ask.Names, ct),
                }
                : await WithMembersAsync(evidence, view, ct);
            decision = AgentJudge.Decide(evidence);
        }
        if (KindOf(decision) is not { } kind)
        {
            _tries = 0;
            return decision;
        }
        if (!IsTime(decision))
        {
            return new AgentDecision.Rest($"{Again} after {_tries} tries: {decision.Reason}");
        }
        if (await _place.OperationAsync(ct) is { } operation)
        {
            return new AgentDecision.Rest($"waits for an operation, {operation}: {decision.Reason}");
        }
        await DoAsync(kind, decision, evidence, ct);
        return decision;
    }

    private async Task<AgentEvidence> WithMembersAsync(AgentEvidence evidence, OwnView view, CancellationToken ct)
    {
        var members = await _peers.LookAsync(view, ct);
        _rumours.Heard(view, members);
        return evidence with { Members = members, WasAnother = _rumours.WasAnother };
    }

    private async Task DoAsync(HealKind kind, AgentDecision decision, AgentEvidence evidence, CancellationToken ct)
    {
        Say(decision.Reason);
        Tried(decision);
        var done = false;
        try
        {
            done = await _deeds.DoAsync(decision, evidence, ct);
        }
        finally
        {
            var before = _status.Heals[kind];
            var after = done
                ? before with
                {
                    Done = before.Done + 1,
                    Last = _time.GetUtcNow(),
                }
                : before with
                {
                    Failed = before.Failed + 1,
                };
            Volatile.Write(ref _status, _status with { Heals = _status.Heals.SetItem(kind, after) });
        }
    }

    private static HealKind? KindOf(AgentDecision decision) =>
        decision switch
        {
            AgentDecision.Meet meet => meet.Kind,
            AgentDecision.Replicate or AgentDecision.Forget => HealKind.Identity,
            _ => null,
        };

    /// <summary>What was tried in vain is left be for a while.</summary>
    private bool IsTime(AgentDecision decision)
    {
        if (decision.GetType().Name != _tried || _time.GetElapsedTime(_triedAt) > BackOff.Forgotten)
        {
            _tries = 0;
        }
        return _tries == 0 || _time.GetElapsedTime(_triedAt) >= BackOff.After(_tries);
    }

    private void Tried(AgentDecision decision)
    {
        _tried = decision.GetType().Name;
        _tries++;
        _triedAt = _time.GetTimestamp();
    }

    private void Say(string what)
    {
        if (what != _said)
        {
            _said = what;
            _log.Report(what);
        }
    }
}
