using System.Collections.Immutable;
using Slotwright.Core.Drills;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Drills;

/// <summary>
/// What a deed works with: it hurts members only through the stage, which writes down first what it is about to do, so
/// that all can be brought back whatever happens.
/// </summary>
internal sealed class DrillStage(
    ClusterSession session,
    IClusterHost host,
    IFaults faults,
    IDrillJournal journal,
    DrillPlan plan,
    RoleWatch watch,
    DrillLog log
)
{
    private Hurt? _hurt;

    public DrillPlan Plan => plan;

    public ClusterSession Session => session;

    public IClusterHost Host => host;

    public IFaults Faults => faults;

    public DrillLog Log => log;

    /// <summary>Shards where nobody had taken over when their primary was brought back.</summary>
    public ImmutableArray<DrillShard> WithoutHeir { get; private set; } = [];

    public async Task KillAsync(CancellationToken ct)
    {
        Note(down: plan.Victims);
        var at = log.Hurts();
        await Task.WhenAll(plan.Victims.Select(m => faults.KillAsync(m, ct)));
        log.Did(plan.Victims, "killed", at);
    }

    public async Task PauseAsync(CancellationToken ct)
    {
        Note(paused: plan.Victims);
        var at = log.Hurts();
        await Task.WhenAll(plan.Victims.Select(m => faults.PauseAsync(m, ct)));
        log.Did(plan.Victims, "paused (SIGSTOP)", at);
    }

    public async Task CutAsync(CancellationToken ct)
    {
        var victim = plan.Victims[0];
        Note(cut: victim, frozenAgent: plan.FreezesAgent ? victim : null);
        var at = log.Hurts();
        await Task.WhenAll(
            faults.CutAsync(victim, ct),
            plan.FreezesAgent ? faults.FreezeAgentAsync(victim, ct) : Task.CompletedTask
        );
        log.Did(
            plan.Victims,
            $"cut off from the other members{(plan.FreezesAgent ? ", its agent frozen (SIGSTOP)" : "")}",
            at
        );
    }

    /// <summary>Runs an operation that ends members and starts them again.</summary>
    public async Task OperateAsync(Func<CancellationToken, Task> operation, CancellationToken ct)
    {
        Note(down: plan.Victims);
        log.Hurts();
        await operation(ct);
        Note();
    }

    /// <summary>Brings back all that is hurt. Nothing to do where nothing is.</summary>
    public async Task HealAsync(CancellationToken ct)
    {
        if (_hurt is { } hurt)
        {
            WithoutHeir = [.. plan.Bereft.Where(s => !watch.HasTakenOver(s))];
            await Cure.RunAsync(host, faults, hurt, log.Did, ct);
            Note();
        }
    }

    /// <summary>Ends when others have taken over from all primaries that were hurt, and a while later, or when it is time.</summary>
    public async Task WaitForHeirsAsync(CancellationToken ct)
    {
        if (plan.Times.RestartAfter is { } after && plan.Kind is not (DrillKind.PausePrimary or DrillKind.Partition))
        {
            await Task.Delay(after, session.Time, ct);
        }
        else if (plan.Bereft.IsEmpty)
        {
            await log.UntilAsync(plan.Times.HealBy, ct);
        }
        else if (
            await Wait.UntilAsync(
                _ => ValueTask.FromResult(plan.Bereft.All(watch.HasTakenOver)),
                plan.Times.HealBy - log.Elapsed,
                session.Time,
                ct
            )
        )
        {
            await Task.Delay(plan.Times.Hold, session.Time, ct);
        }
    }

    /// <summary>Without a word, members are as they were but for their roles.</summary>
    private void Note(
        ImmutableArray<string> down = default,
        ImmutableArray<string> paused = default,
        string? cut = null,
        string? frozenAgent = null
    )
    {
        var hurt = new Hurt(
            plan.Kind.Name(),
            session.Time.GetUtcNow(),
            down.IsDefault ? [] : down,
            paused.IsDefault ? [] : paused,
            cut,
            plan.Kind.IsRolling() ? [] : [.. plan.Shards.Select(s => s.Primary)]
        )
        {
            FrozenAgent = frozenAgent,
        };
        journal.Write(hurt);
        _hurt = hurt.IsRolesAlone ? null : hurt;
    }
}
