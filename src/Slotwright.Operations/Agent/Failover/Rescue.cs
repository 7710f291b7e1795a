using System.Collections.Immutable;
using Slotwright.Core.Agent;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>
/// What the agent of a replica does when its primary is said to be gone: looks, compares, has its server take over where
/// that is the best, and looks again until there is a winner.
/// </summary>
internal sealed class Rescue(
    IAgentPlace place,
    DeathNotice notice,
    AgentServer server,
    IPrimaryCondition condition,
    IProgress<string> log,
    TimeProvider time
)
{
    private static readonly RespCommand Force = RespCommand.Of("CLUSTER", "FAILOVER", "FORCE");
    private static readonly RespCommand ClientList = RespCommand.Of("CLIENT", "LIST");
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReadPatience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LastLookPatience = TimeSpan.FromMilliseconds(100);

    private readonly long _start = time.GetTimestamp();
    private long? _forced;
    private string _said = "";
    private NoticeAnswer _answer = new(true, null, "it has just heard of it");

    /// <summary>What there is to say of it.</summary>
    public NoticeAnswer Answer => Volatile.Read(ref _answer);

    /// <summary>FORCE that was sent.</summary>
    public int Forced { get; private set; }

    /// <summary>For the controls of tests: it takes its own replica for the best.</summary>
    public bool IsWithoutRanking { get; init; }

    /// <summary>Ends when it is decided, or is no business of this agent.</summary>
    /// <returns>Whether its server has taken over because it was told to.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var won = false;
        await Wait.UntilAsync(
            async inner =>
            {
                try
                {
                    return await StepAsync(inner) is { } over && (won = over.Won) | true;
                }
                catch (Exception e) when (e is OperationFailedException or IOException)
                {
                    Say(isAtWork: false, null, $"its own server can't be asked: {e.Message}");
                    return false;
                }
            },
            Longest,
            time,
            ct
        );
        return won;
    }

    /// <returns>Null while it is not over.</returns>
    private async Task<(bool Won, bool IsOver)?> StepAsync(CancellationToken ct)
    {
        var asked = time.GetTimestamp();
        var evidence = await LookAsync(ct);
        var decision = FailoverJudge.Decide(evidence);
        if (decision is FailoverDecision.Compare)
        {
            var (readings, confirmed) = (CompareAsync(evidence.Shard, ct), condition.AskAsync(evidence, _nodes, ct));
            await Task.WhenAll(readings, confirmed);
            evidence = (await confirmed) with { Readings = await readings, Age = time.GetElapsedTime(asked) };
            decision = FailoverJudge.Decide(evidence);
        }
        switch (decision)
        {
            case FailoverDecision.Nothing nothing:
                Say(isAtWork: false, evidence.Shard.Winner, nothing.Reason);
                return (evidence.Shard.Winner == evidence.Shard.Self && _forced is not null, true);
            case FailoverDecision.Force force:
                Say(isAtWork: true, null, force.Reason);
                await server.AskAsync(ForceAsync, ct);
                return null;
            default:
                Say(decision is FailoverDecision.Compare || IsAtWork(evidence), null, decision.Reason);
                return null;
        }
    }

    /// <summary>
    /// It looks once more whether its server has heard of a winner: FORCE would go against that one. An agent that was
    /// frozen after this look begins anew.
    /// </summary>
    private async Task<bool> ForceAsync(ValkeyConnection own, CancellationToken ct)
    {
        var asked = time.GetTimestamp();
        var shard = LostShard.Of(await own.PeersAsync(ct), notice.Node, notice.Slots);
        if (
            shard.Winner is not null
            || !shard.Replicas.Contains(shard.Self)
            || time.GetElapsedTime(asked) > LastLookPatience
        )
        {
            return false;
        }
        _forced = time.GetTimestamp();
        Forced++;
        await own.AskAsync(Force, ct);
        return true;
    }

    /// <summary>There is something to wait for.</summary>
    private bool IsAtWork(FailoverEvidence evidence) =>
        _forced is not null || evidence.Waited < FailoverJudge.Turn + FailoverJudge.Turn;

    private ImmutableArray<PeerRow> _nodes = [];
    private ServerInfo? _own;

    private async Task<FailoverEvidence> LookAsync(CancellationToken ct)
    {
        var operations = ImmutableArray<OperationMark>.Empty;
        await server.AskAsync(
            async (own, inner) =>
            {
                var (nodes, info, clients) = (
                    own.PeersAsync(inner),
                    own.ServerInfoAsync(inner),
                    own.AskAsync(ClientList, inner)
                );
                await Task.WhenAll(nodes, info, clients);
                (_nodes, _own) = (await nodes, await info);
                operations = OperationMark.OfClientList((await clients).AsText() ?? "");
                return true;
            },
            ct
        );
        return new FailoverEvidence(LostShard.Of(_nodes, notice.Node, notice.Slots), condition.Said, place.Failover)
        {
            SincePromiseHolds = FailoverJudge.PromiseMargin,
            Stream = notice.Stream,
            PrimariesByZone = notice.PrimariesByZone,
            Operations = operations,
            Knock = PortAnswer.Refused,
            Waited = time.GetElapsedTime(_start),
            SinceForce = _forced is { } at ? time.GetElapsedTime(at) : null,
        };
    }

    /// <summary>Its own and the others', each by its own word.</summary>
    private async Task<ImmutableArray<ReplicaReading>> CompareAsync(LostShard shard, CancellationToken ct)
    {
        var own = ReplicaReadings.Of(_nodes.First(n => n.Id == shard.Self), _own!);
        if (IsWithoutRanking)
        {
            return
            [
                .. shard.Replicas.Select(id => own with { Id = id, Offset = id == shard.Self ? long.MaxValue : 1 }),
            ];
        }
        var others = _nodes.Where(n => n.Primary == shard.Primary && n.Id != shard.Self);
        var read = await Task.WhenAll(others.Select(n => ReadAsync(n, ct)));
        return [own, .. read.OfType<ReplicaReading>()];
    }

    private async Task<ReplicaReading?> ReadAsync(PeerRow node, CancellationToken ct)
    {
        if (node.Address is not { } address)
        {
            return null;
        }
        var peers = new AgentPeers(place, new Random(0), time);
        return await peers.AskAsync<ReplicaReading?>(
            address,
            async (peer, inner) =>
            {
                var (id, info) = (peer.MyIdAsync(inner), peer.ServerInfoAsync(inner));
                await Task.WhenAll(id, info);
                return await id == node.Id ? ReplicaReadings.Of(node, await info) : null;
            },
            ReadPatience,
            ct
        );
    }

    private void Say(bool isAtWork, NodeId? winner, string reason)
    {
        Volatile.Write(ref _answer, new NoticeAnswer(isAtWork, winner, reason));
        if (reason != _said)
        {
            _said = reason;
            log.Report($"{notice.Node.Short}, its primary: {reason}");
        }
    }
}
