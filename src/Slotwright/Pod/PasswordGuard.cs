using Slotwright.Core.Pods;
using Slotwright.Local.Healing;
using Slotwright.Operations.Running;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// Keeps a member from locking itself out where the Secret was changed from outside: it starts with the password that
/// the others accept.
/// </summary>
internal static class PasswordGuard
{
    /// <summary>How long nobody may answer before it is taken for a restart of all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    public static async Task RunAsync(PodEnvironment pod, PodLog log, TimeProvider time, CancellationToken ct)
    {
        if (PodPassword.Changed(pod) is not { } secret || PodPassword.OnVolume(pod.Paths) is not { } kept)
        {
            return;
        }
        var choice = await ChooseAsync(pod, secret, kept, time, ct);
        if (choice.TakesSecret)
        {
            PodPassword.Keep(pod.Paths, secret);
            log.Report($"the Secret was changed: it takes the Secret's password, since {choice.Reason}");
            return;
        }
        log.Report(
            $"error: the Secret was changed, but {choice.Reason}: it keeps that one; put the old password back into the Secret, or give all members the new one (docs/how-it-works/pods.md, A changed Secret)"
        );
    }

    private static async Task<PasswordChoice> ChooseAsync(
        PodEnvironment pod,
        string secret,
        string kept,
        TimeProvider time,
        CancellationToken ct
    )
    {
        if (new NodesFileOnDisk(pod.Paths.Nodes).Read() is not { } nodes || nodes.Nodes.All(n => n.IsSelf))
        {
            return new(true, IsSure: true, "it knows no other member yet");
        }
        var peers = new PeerPasswords(pod, nodes, secret, kept, time);
        var choice = default(PasswordChoice);
        await Wait.UntilAsync(
            async inner => (choice = PasswordChoice.Of(await peers.AskAsync(inner))).IsSure,
            Patience,
            LongestPause,
            time,
            ct
        );
        return choice;
    }
}
