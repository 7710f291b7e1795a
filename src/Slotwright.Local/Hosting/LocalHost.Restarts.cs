using System.Collections.Immutable;
using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Core.Restarts;
using Slotwright.Core.Storage;
using Slotwright.Local.Processes;
using Slotwright.Local.State;
using Slotwright.Local.Storage;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Restarts;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;

namespace Slotwright.Local.Hosting;

/// <content>Restarts after which a replica goes on from where it was, as pods do it by prestop and the readiness probe.</content>
public sealed partial class LocalHost
{
    /// <summary>A member that does not answer ends as it is.</summary>
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(5);

    /// <summary>Members end with their files as they are, and copy everything afterwards: for the controls of tests.</summary>
    internal bool IsWithoutResume { get; set; }

    /// <summary>Called before each step of a restart that resumes, with its name; what it throws stops it there.</summary>
    internal Action<string> ResumeHook { get; set; } = static _ => { };

    /// <summary>Has the servers of replicas end with a snapshot, where their next ones can go on from that.</summary>
    private async Task LeaveAsync(ClusterFile file, ImmutableArray<int> ordinals, CancellationToken ct)
    {
        if (IsWithoutResume || IsWithoutGuards)
        {
            return;
        }
        ImmutableArray<int> running =
        [
            .. ordinals.Where(o =>
                MemberProcesses.Find(Folder.Member(file.MemberName(o))) is { IsPaused: false }
                && !File.Exists(Folder.Member(file.MemberName(o)).HeldBack)
            ),
        ];
        await using var session = new ClusterSession(this, given: null, _time);
        await Task.WhenAll(running.Select(o => LeaveAsync(session, file, o, ordinals, ct)));
    }

    private async Task LeaveAsync(
        ClusterSession session,
        ClusterFile file,
        int ordinal,
        ImmutableArray<int> leaving,
        CancellationToken ct
    )
    {
        var member = Folder.Member(file.MemberName(ordinal));
        using var patience = new CancellationTokenSource(LeavePatience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var node = await session.ConnectAsync(file.Addresses[ordinal], member.Name, either.Token);
            var evidence = await ResumeLook.AskAsync(
                node,
                (peer, inner) =>
                    leaving.Any(o => file.Addresses[o] == peer.Address)
                        ? throw new OperationFailedException("it is restarted at the same time")
                        : session.ConnectAsync(peer.Address!.Value, peer.Id.Short, inner),
                ResumeForecast.LocalPause,
                DefaultStopDeadline,
                _time,
                either.Token
            );
            ResumeHook("mark");
            var settings = StorageSettings.Of(ConfigText.Parse(LocalSettings.Member(file, ordinal, member).Render()));
            var decision = ResumeLeave.Prepare(settings, evidence, DefaultStopDeadline, _time.GetUtcNow());
            if (decision is ResumeDecision.Resume or ResumeDecision.Again { Saves: true })
            {
                ResumeHook("save");
                await node.ConfigSetAsync("shutdown-on-sigterm", "save force", either.Token);
            }
            else if (decision is ResumeDecision.Copy)
            {
                AppendLog(member, $"after its restart it will copy everything from its primary: {decision.Reason}");
            }
        }
        catch (Exception e)
            when (e is OperationFailedException or IOException or OperationCanceledException
                && !ct.IsCancellationRequested
            )
        {
            AppendLog(member, $"after its restart it will copy everything from its primary: {e.Message}");
        }
    }

    public Task FinishRestartsAsync(CancellationToken ct)
    {
        var file = Read();
        return CompleteAsync(file, [.. Enumerable.Range(0, file.Members)], ct);
    }

    /// <summary>Until members that went on from a snapshot have append-only files again.</summary>
    private async Task CompleteAsync(ClusterFile file, ImmutableArray<int> ordinals, CancellationToken ct)
    {
        ImmutableArray<int> resuming =
        [
            .. ordinals.Where(o =>
                Folder.Member(file.MemberName(o)) is var member
                && ResumeFile.IsResuming(member.Data)
                && MemberProcesses.Find(member) is { IsPaused: false }
            ),
        ];
        if (resuming.IsEmpty)
        {
            return;
        }
        ResumeHook("complete");
        await using var session = new ClusterSession(this, given: null, _time);
        await Together.RunAsync(
            resuming.Select(o =>
                (Func<CancellationToken, Task<bool>>)(
                    async inner =>
                    {
                        await CompleteAsync(session, file, o, inner);
                        return true;
                    }
                )
            ),
            ct
        );
    }

    private async Task CompleteAsync(ClusterSession session, ClusterFile file, int ordinal, CancellationToken ct)
    {
        var member = Folder.Member(file.MemberName(ordinal));
        await ResumeCompletion.RunAsync(
            member.Name,
            inner => session.ConnectAsync(file.Addresses[ordinal], member.Name, inner),
            LocalSettings.Member(file, ordinal, member).Find(ResumeCompletion.NoFailover) ?? "no",
            _time,
            ct
        );
        ResumeHook("unmark");
        ResumeFile.Delete(member.Data);
    }

    private static void AppendLog(MemberFolder member, string line) =>
        File.AppendAllText(member.Log, $"# slotwright: {line}\n");
}
