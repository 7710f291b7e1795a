using Slotwright.Core.Failures;
using Slotwright.Core.Fencing;
using Slotwright.Core.Observing;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Fencing;

/// <summary>
/// Holds a member back until its server may start with its own data: looks, decides, has a replica promoted that has
/// more, and looks again.
/// </summary>
/// <param name="session">The member's peers, and itself.</param>
/// <param name="random">So that the elections of shards that are fenced at the same time don't stay at odds.</param>
public sealed class FenceRun(
    ClusterSession session,
    IFencedMember member,
    FenceOptions options,
    IProgress<string> log,
    Random random
)
{
    private static readonly TimeSpan AnswerBudget = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Mostly all is known by then, and the member starts at once.</summary>
    private static readonly TimeSpan WithoutVoter = TimeSpan.FromSeconds(1);

    /// <summary>An election that has not come about by then has failed, by a split vote as a rule.</summary>
    private static readonly TimeSpan ElectionPatience = TimeSpan.FromSeconds(2);

    private static readonly RespCommand Clients = RespCommand.Of("CLIENT", "LIST");

    private readonly TimeProvider _time = session.Time;
    private long _start;
    private long? _asked;
    private TimeSpan _askAgain;
    private string _said = "";
    private bool _isTold;

    /// <summary>Ends without a voter where the member may start; else the voter still runs.</summary>
    /// <returns>Start; where patience is bounded also another decision.</returns>
    public async Task<FenceDecision> RunAsync(CancellationToken ct)
    {
        _start = _time.GetTimestamp();
        FenceDecision decision = new FenceDecision.Start("it has all that it acknowledged");
        if (member.Data.Kind != OwnDataKind.Complete)
        {
            await Wait.UntilAsync(
                async inner =>
                {
                    decision = await StepAsync(inner);
                    return decision is FenceDecision.Start
                        || (decision is FenceDecision.HoldBack && options.Patience < TimeSpan.MaxValue);
                },
                options.Patience,
                LongestPause,
                _time,
                ct
            );
        }
        if (decision is FenceDecision.Start)
        {
            await member.EndVoterAsync(ct);
        }
        return decision;
    }

    private async Task<FenceDecision> StepAsync(CancellationToken ct)
    {
        var seen = await session.ObserveAsync(AnswerBudget, ct);
        var shard = FencedShard.Find(member.Hostname, member.Nodes, seen);
        var elapsed = _time.GetElapsedTime(_start);
        _isTold = _isTold || await IsToldAsync(seen, ct);
        var decision = Fence.Judge(
            new FenceEvidence(
                member.Data,
                [.. member.Streams],
                shard,
                IsLate: _isTold || elapsed >= options.Timeout,
                options.WhenUnknown
            )
            {
                IsTold = _isTold,
            }
        );
        if (decision.Reason != _said && (shard is not null || decision is not FenceDecision.Start || _said.Length > 0))
        {
            log.Report($"{Verb(decision)}: {decision.Reason}");
            _said = decision.Reason;
        }
        if (decision is not FenceDecision.Start && (elapsed >= WithoutVoter || decision is not FenceDecision.Wait))
        {
            member.TellHeldBack(decision);
            await member.StartVoterAsync(ct);
        }
        if (decision is FenceDecision.Promote promote && IsTimeToAsk())
        {
            if (_asked is null)
            {
                await Task.Delay(ElectionTurn.Of(shard!.Id, seen.Topology), _time, ct);
            }
            await PromoteAsync(promote.Replica, seen, ct);
        }
        return decision;
    }

    /// <summary>Somebody says so at its held-back server, by the name of a connection; where none can run, by a file.</summary>
    private async Task<bool> IsToldAsync(Observation seen, CancellationToken ct)
    {
        if (member.IsToldToStart)
        {
            return true;
        }
        if (
            member.Nodes?.Self?.Id is not { } id
            || seen.Views.FirstOrDefault(v =>
                v.Report is { } report && report.Id == id && VoterConfig.IsOf(report.Server)
            )
                is not { } own
        )
        {
            return false;
        }
        try
        {
            var node = await session.ConnectAsync(own.Asked, own.Label, ct);
            return LetStartMark.IsIn((await node.AskAsync(Clients, ct)).AsText() ?? "", id);
        }
        catch (Exception e) when (e is OperationFailedException or IOException)
        {
            return false; // it has just ended
        }
    }

    private bool IsTimeToAsk() => _asked is not { } at || _time.GetElapsedTime(at) >= _askAgain;

    /// <summary>FORCE, since it has to go without the old primary. It still needs the votes of a majority.</summary>
    private async Task PromoteAsync(FencedReplica replica, Observation seen, CancellationToken ct)
    {
        _asked = _time.GetTimestamp();
        _askAgain = ElectionPatience + (random.NextDouble() * ElectionPatience);
        var view = seen.Views.First(v => v.Report?.Id == replica.Id);
        try
        {
            var node = await session.ConnectAsync(view.Asked, view.Label, ct);
            if (await node.MyIdAsync(ct) == replica.Id)
            {
                await node.AskAsync(RespCommand.Of("CLUSTER", "FAILOVER", "FORCE"), ct);
                log.Report($"{replica.Name} was told to take over (CLUSTER FAILOVER FORCE)");
            }
        }
        catch (Exception e) when (e is OperationFailedException or IOException)
        {
            log.Report($"{replica.Name} does not take over: {e.Message}");
        }
    }

    private static string Verb(FenceDecision decision) =>
        decision switch
        {
            FenceDecision.Start => "it starts",
            FenceDecision.Wait => "it waits",
            FenceDecision.Promote => "it is held back",
            _ => "it stays held back",
        };
}
