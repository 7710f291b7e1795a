using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>
/// Where agents replace primaries that are cut off: a primary's agent probes the other primaries, renews its promise at
/// their agents, and fences its own server; a replica's agent probes its own primary.
/// </summary>
/// <param name="lost">Its primary is not reached any more.</param>
internal sealed class CutOffWatch(
    IAgentPlace place,
    Func<OwnView?> view,
    AgentPost post,
    Action<DeathNotice> lost,
    IProgress<string> log,
    TimeProvider time
) : IAsyncDisposable
{
    /// <summary>Of one agent: with more primaries than ten each is probed less often.</summary>
    private static readonly TimeSpan PerProbe = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PromisePatience = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<NodeId, Neighbour> _neighbours = new();
    private readonly AgentServer _server = new(place, time);
    private long _majority = time.GetTimestamp();
    private long _renewed;
    private long _probed;

    public bool IsFenced { get; private set; }

    public long Fences { get; private set; }

    /// <summary>Until it is cancelled; a fence is taken away then.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (!place.Failover.Unreachable)
        {
            return;
        }
        try
        {
            await Wait.UntilAsync(
                async inner =>
                {
                    await StepAsync(inner);
                    return false;
                },
                TimeSpan.MaxValue,
                Promise.Pause,
                time,
                ct
            );
        }
        finally
        {
            if (IsFenced)
            {
                using var cleanup = new CancellationTokenSource(PromisePatience, time);
                await UnfenceAsync("the agent ends", cleanup.Token);
            }
        }
    }

    public SightAnswer Sight(NodeId node) =>
        _neighbours.TryGetValue(node, out var known) ? known.Sight : new SightAnswer(null, null);

    public void Promised(NodeId node) => Of(node).Promised();

    public async ValueTask DisposeAsync()
    {
        foreach (var neighbour in _neighbours.Values)
        {
            await neighbour.DisposeAsync();
        }
        await _server.DisposeAsync();
    }

    private Neighbour Of(NodeId node) => _neighbours.GetOrAdd(node, _ => new Neighbour(place, time));

    private async Task StepAsync(CancellationToken ct)
    {
        if (view() is not { } seen)
        {
            return;
        }
        var nodes = IsFenced ? await NodesAsync(seen, ct) : seen.Nodes;
        var self = nodes.Single(n => n.Flags.HasFlag(PeerFlags.Myself));
        var primaries = nodes.Where(n => !n.Slots.IsEmpty).ToImmutableArray();
        if (time.GetElapsedTime(_probed) < PerProbe * primaries.Length)
        {
            return;
        }
        _probed = time.GetTimestamp();
        if (self.Primary is { } primary && nodes.FirstOrDefault(n => n.Id == primary) is { } its)
        {
            await WatchPrimaryAsync(its, ct);
        }
        if (!self.Slots.IsEmpty || IsFenced)
        {
            await KeepPromiseAsync(self, primaries, ct);
        }
        else
        {
            _majority = _probed;
        }
    }

    private async Task WatchPrimaryAsync(PeerRow primary, CancellationToken ct)
    {
        var known = Of(primary.Id);
        if (!await known.ProbeAsync(primary, ct) && known.SinceReached >= OwnFence.Patience && !primary.Slots.IsEmpty)
        {
            lost(new DeathNotice(primary.Id, primary.Slots, "", []));
        }
    }

    private async Task KeepPromiseAsync(PeerRow self, ImmutableArray<PeerRow> primaries, CancellationToken ct)
    {
        var others = primaries.Where(n => n.Id != self.Id).ToArray();
        var start = time.GetTimestamp();
        var reached = await Task.WhenAll(others.Select(n => Of(n.Id).ProbeAsync(n, ct)));
        var there = others.Where((_, i) => reached[i]).ToArray();
        var owning = IsFenced ? await Task.WhenAll(there.Select(n => Of(n.Id).SaysOwnsAsync(self.Id, ct))) : [];
        var isPrimary = !self.Slots.IsEmpty;
        var evidence = new OwnFenceEvidence(
            isPrimary,
            others.Length + (isPrimary ? 1 : 0),
            there.Length + 1,
            time.GetElapsedTime(_majority),
            owning.Count(o => o) + 1,
            IsFenced,
            time.GetElapsedTime(_renewed)
        );
        if (evidence.HasMajority)
        {
            _majority = start;
        }
        await DoAsync(OwnFence.Decide(evidence), evidence, ct);
        if (evidence.HasMajority && isPrimary && !IsFenced)
        {
            await Task.WhenAll(others.Select(n => PromiseAsync(n, self.Id, ct)));
        }
    }

    private async Task DoAsync(OwnFenceDecision decision, OwnFenceEvidence evidence, CancellationToken ct)
    {
        try
        {
            switch (decision)
            {
                case OwnFenceDecision.Fence:
                    log.Report(
                        $"it reaches {evidence.Reached} of {evidence.Primaries} primaries: its server takes no writes"
                    );
                    await PauseAsync(ct);
                    (IsFenced, Fences) = (true, Fences + 1);
                    break;
                case OwnFenceDecision.Renew:
                    await PauseAsync(ct);
                    break;
                case OwnFenceDecision.Unfence:
                    await UnfenceAsync(
                        evidence.IsPrimary
                            ? $"it reaches {evidence.Reached} of {evidence.Primaries} primaries, and owns its slots"
                            : "it owns no slots any more",
                        ct
                    );
                    break;
                default:
                    break;
            }
        }
        catch (OperationFailedException e)
        {
            log.Report($"its server can't be told: {e.Message}");
        }
    }

    private async Task PauseAsync(CancellationToken ct)
    {
        _renewed = time.GetTimestamp();
        var length = OwnFence.Length.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        await _server.AskAsync(
            (own, inner) => own.AskAsync(RespCommand.Of("CLIENT", "PAUSE", length, "WRITE"), inner),
            ct
        );
    }

    private async Task UnfenceAsync(string why, CancellationToken ct)
    {
        await _server.AskAsync((own, inner) => own.AskAsync(RespCommand.Of("CLIENT", "UNPAUSE"), inner), ct);
        IsFenced = false;
        log.Report($"its server may take writes again: {why}");
    }

    private async Task<ImmutableArray<PeerRow>> NodesAsync(OwnView seen, CancellationToken ct)
    {
        try
        {
            return await _server.AskAsync((own, inner) => own.PeersAsync(inner), ct);
        }
        catch (OperationFailedException)
        {
            return seen.Nodes;
        }
    }

    private async Task PromiseAsync(PeerRow node, NodeId self, CancellationToken ct)
    {
        if (node.Address is { } address && place.AgentOf(address) is { } agent)
        {
            await post.AskAsync(
                agent,
                FailoverPaths.Promise,
                new NodeQuestion(self),
                AgentJson.Default.NodeQuestion,
                AgentJson.Default.SightAnswer,
                PromisePatience,
                ct
            );
        }
    }
}
