using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Local.Processes;
using Slotwright.Local.State;

namespace Slotwright.Local.Hosting;

/// <content>Single members, for rehearsals. None of these takes the lock: failures ask nobody.</content>
public sealed partial class LocalHost
{
    /// <summary>Also what it forked, as when a machine goes. Nothing to do where it does not run.</summary>
    public async Task KillAsync(string member, CancellationToken ct)
    {
        var left = await MemberStopper.KillAsync([Known(member)], time, ct);
        if (!left.IsEmpty)
        {
            throw new OperationFailedException(
                $"{member} outlives SIGKILL: the kernel waits for its disk",
                member: member,
                command: "SIGKILL",
                next: "see dmesg"
            );
        }
    }

    /// <exception cref="OperationFailedException">It does not run.</exception>
    public Task PauseAsync(string member, CancellationToken ct) => SignalAsync(member, Signal.Stop);

    /// <exception cref="OperationFailedException">It does not run.</exception>
    public Task ResumeAsync(string member, CancellationToken ct) => SignalAsync(member, Signal.Continue);

    /// <summary>Nothing to do where it runs.</summary>
    public async Task<StartReport> StartMembersAsync(ImmutableArray<string> members, CancellationToken ct)
    {
        var file = Read();
        ImmutableArray<int> ordinals = [.. members.Select(member => Ordinal(file, member)).Distinct().Order()];
        return await DiskErrors.ExplainAsync(Folder.Path, () => StartAsync(file, ordinals, ct));
    }

    private Task SignalAsync(string member, Signal signal)
    {
        var folder = Known(member);
        return MemberProcesses.Find(folder) is { } process && Signals.Send(process.Identity, signal)
            ? Task.CompletedTask
            : throw new OperationFailedException(
                $"{member} does not run",
                member: member,
                next: $"slotwright local start {member}{NameOption(cluster)}"
            );
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
