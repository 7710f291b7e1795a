using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Configuration;
using Slotwright.Core.Failover;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Restarts;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Steps;

/// <summary>
/// CLUSTER FAILOVER: the primary makes writes wait until the replica has all of them and was elected. It is only sent
/// when the replica is so close that they wait for the election alone.
/// </summary>
internal static class PlannedSwap
{
    /// <summary>Bytes that a replica may be behind: a few milliseconds of what a server sends.</summary>
    private const long MostLag = 1 << 20;

    private const string TimeoutSetting = "cluster-manual-failover-timeout";

    private static readonly RespCommand Failover = RespCommand.Of("CLUSTER", "FAILOVER");
    private static readonly TimeSpan LagPatience = TimeSpan.FromSeconds(10);

    /// <summary>Members that have just started are linked to all others after a second or two.</summary>
    private static readonly TimeSpan VotePatience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(5);

    /// <returns>As <see cref="HandOverTime.Took"/>.</returns>
    /// <exception cref="OperationFailedException">It is too far behind, or was not elected: the primary is what it was.</exception>
    public static async Task<TimeSpan> RunAsync(HandOver step, StepContext context, CancellationToken ct)
    {
        await Identity.EnsureAsync(step.FromMember, step.From, context, ct);
        await DemandCloseAsync(step, context, ct);
        await DemandWholeAsync(step, context, ct);
        await DemandHeardAsync(step, context, ct);
        var patience = await context.AskAsync(step.Member, TimeoutAsync, ct) + TimeSpan.FromSeconds(1);
        var time = context.Session.Time;
        await context.AskAsync(step.Member, static (node, inner) => node.AskAsync(Failover, inner), ct);
        var start = time.GetTimestamp();
        var isSwapped = await Wait.UntilAsync(
            async inner =>
                (await context.RoleAsync(step.Member, inner)).IsPrimary
                && !(await context.RoleAsync(step.FromMember, inner)).IsPrimary,
            patience,
            LookPause,
            time,
            ct
        );
        return isSwapped ? time.GetElapsedTime(start) : throw await NotElectedAsync(step, context, patience, ct);
    }

    private static async Task DemandCloseAsync(HandOver step, StepContext context, CancellationToken ct)
    {
        var (isLinked, lag) = (false, 0L);
        var isClose = await Wait.UntilAsync(
            async inner =>
            {
                var sent = (await context.RoleAsync(step.FromMember, inner)).Offset;
                var received = await context.RoleAsync(step.Member, inner);
                (isLinked, lag) = (received.LinkUp, sent - received.Offset);
                return isLinked && lag <= MostLag;
            },
            LagPatience,
            context.Session.Time,
            ct
        );
        if (!isClose)
        {
            throw new OperationFailedException(
                isLinked
                    ? $"it is {lag} bytes behind {step.FromMember}, for {LagPatience.TotalSeconds:0} s now: writes would wait until it has them"
                    : $"its link to {step.FromMember} is not up",
                member: step.Member,
                next: $"see what holds it up: slotwright status, INFO replication on {step.Member}"
            );
        }
    }

    /// <summary>
    /// One that has restarted from a snapshot has no whole append-only file for a while: as a primary it would acknowledge
    /// what is lost with its process.
    /// </summary>
    private static async Task DemandWholeAsync(HandOver step, StepContext context, CancellationToken ct)
    {
        var isWhole = await Wait.UntilAsync(
            async inner =>
                await context.AskAsync(step.Member, IsWholeAsync, inner)
                || (await context.AskAsync(step.FromMember, StorageAsync, inner)).AppendOnly is not true,
            LagPatience,
            context.Session.Time,
            ct
        );
        if (!isWhole)
        {
            throw new OperationFailedException(
                $"it has no whole append-only file, and {step.FromMember} has one: a restart of it was cut off",
                member: step.Member,
                next: "slotwright up finishes its restart; run the same command again then"
            );
        }
    }

    /// <summary>Who keeps no append-only file and may be elected is configured so.</summary>
    private static async Task<bool> IsWholeAsync(ValkeyConnection taker, CancellationToken ct) =>
        (await StorageAsync(taker, ct)) is { IsWhole: true } or { AppendOnly: null }
        || await taker.ConfigGetAsync(ResumeCompletion.NoFailover, ct) != "yes";

    private static async Task<StorageInfo> StorageAsync(ValkeyConnection node, CancellationToken ct) =>
        (await node.ServerInfoAsync(ct)).Storage;

    private static async Task DemandHeardAsync(HandOver step, StepContext context, CancellationToken ct)
    {
        Node[] voters = [.. context.Topology.Voters.Where(v => v.Member is not null)];
        var isHeard = await Wait.UntilAsync(
            async inner =>
                Ballot.IsWon(
                    await Task.WhenAll(voters.Select(v => RowsAsync(v, context, inner))),
                    step.Node,
                    step.From
                ),
            VotePatience,
            context.Session.Time,
            ct
        );
        if (!isHeard)
        {
            throw new OperationFailedException(
                $"most primaries have no link to it, or don't know that it is a replica of {step.FromMember}, for {VotePatience.TotalSeconds:0} s now: their votes would be lost",
                member: step.Member,
                next: "slotwright verify shows who does not reach it; run the same command again then"
            );
        }
    }

    /// <returns>Empty where it does not answer; who did not when the plan was made is not waited for.</returns>
    private static async Task<ImmutableArray<PeerRow>> RowsAsync(Node voter, StepContext context, CancellationToken ct)
    {
        if (!voter.Reachable)
        {
            return [];
        }
        try
        {
            return await context.AskAsync(voter.Member!, static (node, inner) => node.PeersAsync(inner), ct);
        }
        catch (OperationFailedException)
        {
            return [];
        }
    }

    /// <summary>For so long the primary makes writes wait at most.</summary>
    private static async Task<TimeSpan> TimeoutAsync(ValkeyConnection taker, CancellationToken ct)
    {
        try
        {
            return long.TryParse(
                await taker.ConfigGetAsync(TimeoutSetting, ct),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var milliseconds
            )
                ? TimeSpan.FromMilliseconds(milliseconds)
                : DefaultTimeout;
        }
        catch (OperationFailedException) when (!taker.IsBroken)
        {
            return DefaultTimeout; // who may fail over need not be one who may see settings
        }
    }

    private static async Task<OperationFailedException> NotElectedAsync(
        HandOver step,
        StepContext context,
        TimeSpan patience,
        CancellationToken ct
    )
    {
        var version = (await context.AskAsync(step.Member, (node, inner) => node.ServerInfoAsync(inner), ct)).Version;
        return new OperationFailedException(
            $"it has not taken over from {step.FromMember} within {patience.TotalSeconds:0.#} s; writes waited for most of that",
            member: step.Member,
            command: "CLUSTER FAILOVER",
            next: ServerFeatures.RefusesSecondFailover(version)
                ? $"Valkey {version} refuses a second hand-over of the same primary for twice cluster-node-timeout: run the same command again after that"
                : "see that a majority of primaries is up (slotwright verify), and run the same command again"
        );
    }
}
