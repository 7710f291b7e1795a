using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Restarts;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Restarts;

/// <summary>
/// Completes a member's start from a snapshot: its append-only file is switched on, and once it is whole, the member may
/// be elected again. Nothing to do where that is so already; whoever is cut off is followed by the next who looks.
/// </summary>
public static class ResumeCompletion
{
    /// <summary>The setting by which a server that has no whole append-only file is not elected.</summary>
    public const string NoFailover = "cluster-replica-no-failover";

    /// <summary>All data are loaded, and then written.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>A file that can't be written is tried again by the server; a disk that stays full does not change that.</summary>
    private static readonly TimeSpan FailurePatience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <param name="connect">To the member's server, which may not answer yet.</param>
    /// <param name="configured">cluster-replica-no-failover as its configuration has it.</param>
    /// <exception cref="OperationFailedException">It can't write its append-only file.</exception>
    public static async Task RunAsync(
        string member,
        Func<CancellationToken, Task<ValkeyConnection>> connect,
        string configured,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var progress = new ResumeProgress(ResumeDeed.Wait, "it does not answer");
        var words = "";
        long? failing = null;
        await Wait.UntilAsync(
            async inner =>
            {
                (progress, words, var isFailing) = await StepAsync(connect, configured, inner);
                failing = isFailing ? failing ?? time.GetTimestamp() : null;
                return progress.Deed == ResumeDeed.Finish
                    || (failing is { } since && time.GetElapsedTime(since) > FailurePatience);
            },
            Patience,
            LongestPause,
            time,
            ct
        );
        if (progress.Deed != ResumeDeed.Finish)
        {
            throw new OperationFailedException(
                progress.Reason + (words.Length > 0 ? $": {words}" : ""),
                member: member,
                done: "its primary has all that it has, and keeps it",
                next: "see its log, make room on its disk, and run the same command again: it goes on from here"
            );
        }
    }

    private static async Task<(ResumeProgress Progress, string Words, bool IsFailing)> StepAsync(
        Func<CancellationToken, Task<ValkeyConnection>> connect,
        string configured,
        CancellationToken ct
    )
    {
        try
        {
            var node = await connect(ct);
            var progress = Judge(await node.ServerInfoAsync(ct));
            if (progress.Deed == ResumeDeed.SwitchOn)
            {
                await node.ConfigSetAsync("appendonly", "yes", ct);
            }
            else if (progress.Deed == ResumeDeed.Finish && await node.ConfigGetAsync(NoFailover, ct) != configured)
            {
                await node.ConfigSetAsync(NoFailover, configured, ct);
            }
            return (progress, "", progress.IsFailing);
        }
        catch (Exception e) when (e is OperationFailedException or IOException)
        {
            var isAnswered = e is OperationFailedException { Kind: not FailureKind.ServerBusy, Command: not null };
            return (new ResumeProgress(ResumeDeed.Wait, "it has resumed from its snapshot"), e.Message, isAnswered);
        }
    }

    private static ResumeProgress Judge(ServerInfo server) =>
        ResumeProgress.Judge(
            server.Loading,
            server.Storage.AppendOnly is true,
            server.Storage.Rewriting,
            server.Storage.Rewritten is not false
        );
}
