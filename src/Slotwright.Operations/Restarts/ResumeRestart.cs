using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Configuration;
using Slotwright.Core.Observing;
using Slotwright.Core.Restarts;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Restarts;

/// <summary>
/// Restarts one member of a host in such a way that it goes on from where it was instead of copying everything: its
/// primary keeps more of the stream meanwhile, and it is left only when its append-only file is whole again. The end
/// and the start are the host's. Run again after it was cut off, it does what is missing.
/// </summary>
public sealed class ResumeRestart(ClusterSession session, IClusterHost host)
{
    private const string Backlog = "repl-backlog-size";

    private static readonly TimeSpan Cleanup = TimeSpan.FromSeconds(10);

    /// <param name="restart">Has the host do it; null where the member has been restarted already.</param>
    /// <param name="say">What people should know: why it will copy everything all the same, for example.</param>
    /// <exception cref="Core.Failures.OperationFailedException">It can't be restarted, or can't write its append-only file.</exception>
    public async Task RunAsync(
        Member member,
        Func<CancellationToken, Task>? restart,
        Action<string> say,
        CancellationToken ct
    )
    {
        if (!await host.KeepsAppendOnlyAsync(ct))
        {
            await (restart?.Invoke(ct) ?? Task.CompletedTask);
            return;
        }
        PeerRow? primary = null;
        try
        {
            if (restart is not null)
            {
                primary = await TryRaiseAsync(member, say, ct);
                await restart(ct);
            }
            var now = (await host.ListMembersAsync(ct)).Single(m => m.Name == member.Name);
            await ResumeCompletion.RunAsync(
                member.Name,
                inner => session.ConnectAsync(now, inner),
                await host.GetSettingAsync(ResumeCompletion.NoFailover, ct) ?? "no",
                session.Time,
                ct
            );
        }
        finally
        {
            using var cleanup = new CancellationTokenSource(Cleanup, session.Time);
            await PutBackAsync(primary, member, cleanup.Token);
        }
    }

    /// <returns>Its primary; null where it has none that answers, or does not answer itself.</returns>
    private async Task<PeerRow?> TryRaiseAsync(Member member, Action<string> say, CancellationToken ct)
    {
        try
        {
            return member.Phase == MemberPhase.Running ? await RaiseAsync(member, say, ct) : null;
        }
        catch (Exception e) when (e is Core.Failures.OperationFailedException or IOException)
        {
            say($"{member.Name} will copy everything from its primary: {e.Message}");
            return null;
        }
    }

    private async Task<PeerRow?> RaiseAsync(Member member, Action<string> say, CancellationToken ct)
    {
        PeerRow? primary = null;
        var evidence = await ResumeLook.AskAsync(
            await session.ConnectAsync(member, ct),
            (row, inner) => session.ConnectAsync((primary = row).Address!.Value, row.Id.Short, inner),
            ResumeForecast.LocalPause,
            left: null,
            session.Time,
            ct
        );
        if (evidence.Primary is not { } server || evidence.Own.IsPrimary)
        {
            return null;
        }
        evidence = ResumeForecast.WithRaisedBacklog(evidence);
        if (ResumeChoice.Decide(evidence, isResuming: false) is ResumeDecision.Copy copy)
        {
            say($"{member.Name} will copy everything from its primary: {copy.Reason}");
        }
        else if (evidence.Backlog > server.Backlog)
        {
            var node = await session.ConnectAsync(primary!.Address!.Value, primary.Id.Short, ct);
            await node.ConfigSetAsync(Backlog, evidence.Backlog.ToString(CultureInfo.InvariantCulture), ct);
        }
        return primary;
    }

    /// <summary>Also what an attempt that was cut off has raised.</summary>
    private async Task PutBackAsync(PeerRow? raised, Member member, CancellationToken ct)
    {
        try
        {
            var primary = raised ?? await PrimaryOfAsync(member, ct);
            if (primary?.Address is { } address)
            {
                var node = await session.ConnectAsync(address, primary.Id.Short, ct);
                var server = await node.ServerInfoAsync(ct);
                var configured =
                    await host.GetSettingAsync(Backlog, ct) ?? ServerFeatures.DefaultBacklog(server.Version);
                await node.ConfigSetAsync(Backlog, configured, ct);
            }
        }
        catch (Exception e)
            when (e is Core.Failures.OperationFailedException or IOException or OperationCanceledException)
        {
            // a primary that has gone comes back with what is configured
        }
    }

    private async Task<PeerRow?> PrimaryOfAsync(Member member, CancellationToken ct)
    {
        var report = await (await session.ConnectAsync(member, ct)).ReportAsync(ct);
        return report.Peers.FirstOrDefault(p => p.Id == report.Self.Primary);
    }
}
