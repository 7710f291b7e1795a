using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Local.Agents;
using Slotwright.Local.Network;
using Slotwright.Local.Processes;
using Slotwright.Local.State;
using Slotwright.Operations.Running;

namespace Slotwright.Local.Hosting;

/// <content>Single members, for rehearsals. Failures take no lock: they ask nobody.</content>
public sealed partial class LocalHost
{
    private static readonly TimeSpan SignalPatience = TimeSpan.FromSeconds(5);

    /// <summary>Also what it forked, as when a machine goes. Nothing to do where it does not run.</summary>
    public async Task KillAsync(string member, CancellationToken ct)
    {
        ThrowIfKillOutlived(await MemberStopper.KillAsync([Known(member)], _time, ct));
    }

    /// <summary>Ends when it has stopped.</summary>
    /// <exception cref="OperationFailedException">It does not run.</exception>
    public Task PauseAsync(string member, CancellationToken ct) => SignalAsync(Known(member), member, Signal.Stop, ct);

    /// <summary>Ends when it goes on.</summary>
    /// <exception cref="OperationFailedException">It does not run.</exception>
    public Task ResumeAsync(string member, CancellationToken ct) =>
        SignalAsync(Known(member), member, Signal.Continue, ct);

    /// <summary>Nothing to do where they run.</summary>
    /// <exception cref="OperationFailedException">One can't be started, or is paused; the others run.</exception>
    public async Task<StartReport> StartMembersAsync(ImmutableArray<string> members, CancellationToken ct)
    {
        var file = Read();
        ImmutableArray<int> ordinals = [.. members.Select(member => Ordinal(file, member)).Distinct().Order()];
        var report = await DiskErrors.ExplainAsync(Folder.Path, () => StartAsync(file, ordinals, ct));
        ThrowIfPaused(report);
        ThrowIfHeldBack(report);
        return report;
    }

    /// <summary>Ends members, all at once, and brings them back, all at once, as pods come back.</summary>
    /// <param name="newAddress">Under addresses that no member has now; needs addresses of their own.</param>
    /// <param name="kill">By SIGKILL instead of cleanly.</param>
    /// <exception cref="BadInputException">The members have no addresses of their own; nothing was done.</exception>
    public async Task RestartAsync(ImmutableArray<string> members, bool newAddress, bool kill, CancellationToken ct)
    {
        await using var held = await LockAsync("local restart", ct);
        var file = Read();
        ImmutableArray<int> ordinals = [.. members.Select(member => Ordinal(file, member)).Distinct().Order()];
        if (newAddress && !file.HasOwnAddresses)
        {
            throw new BadInputException(
                new Problem(
                    "--new-address",
                    $"the members of {_cluster} share the address {file.Addresses[0].Host}",
                    "bring up a cluster with --own-addresses for it"
                )
            );
        }
        ImmutableArray<MemberFolder> folders = [.. ordinals.Select(o => Folder.Member(file.MemberName(o)))];
        if (kill)
        {
            ThrowIfKillOutlived(await MemberStopper.KillAsync(folders, _time, ct));
        }
        else
        {
            await LeaveAsync(file, ordinals, ct);
            var stuck = await MemberStopper.TerminateAsync(folders, DefaultStopDeadline, _time, ct);
            var names = string.Join(' ', stuck.Select(f => f.Name));
            ThrowIfStuck(
                stuck,
                folders.Length,
                DefaultStopDeadline,
                $"slotwright local kill {names}{NameOption(_cluster)}"
            );
        }
        ResumeHook("start");
        if (newAddress)
        {
            await MemberAgents.EndAsync(folders, _time, ct); // their metrics move too
            file = NewAddresses.Give(file, ordinals, Listener.ReadAll());
            await DiskErrors.ExplainAsync(
                Folder.Path,
                () =>
                {
                    file.Write(Folder);
                    return Task.FromResult(true);
                }
            );
        }
        var report = await DiskErrors.ExplainAsync(Folder.Path, () => StartAsync(file, ordinals, ct));
        await StartAgentsAsync(wanted: false, ct);
        ThrowIfHeldBack(report);
    }

    private async Task SignalAsync(MemberFolder folder, string member, Signal signal, CancellationToken ct)
    {
        var isPaused = signal == Signal.Stop;
        if (
            MemberProcesses.Find(folder) is not { } process
            || !Signals.Send(process.Identity, signal)
            || !await Wait.UntilAsync(
                _ => ValueTask.FromResult(process.Identity.Find()?.IsPaused != !isPaused),
                SignalPatience,
                _time,
                ct
            )
            || process.Identity.Find() is null
        )
        {
            throw new OperationFailedException(
                $"{member} does not run",
                member: member,
                next: $"slotwright local start {member}{NameOption(_cluster)}"
            );
        }
    }

    private MemberFolder Known(string member)
    {
        var file = Read();
        return Folder.Member(file.MemberName(Ordinal(file, member)));
    }

    private static int Ordinal(ClusterFile file, string member)
    {
        var ordinal = file.MemberNames.ToImmutableArray().IndexOf(member);
        return ordinal >= 0
            ? ordinal
            : throw new BadInputException(
                new Problem(
                    "MEMBER",
                    $"'{member}' is no member of {file.Name}",
                    $"its members are {file.MemberName(0)} to {file.MemberName(file.Members - 1)}"
                )
            );
    }
}
