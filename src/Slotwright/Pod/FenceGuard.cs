using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Core.Fencing;
using Slotwright.Core.Storage;
using Slotwright.Local.Fencing;
using Slotwright.Local.Healing;
using Slotwright.Operations.Fencing;
using Slotwright.Operations.Observing;
using Slotwright.Output;
using Slotwright.Valkey.Connections;

namespace Slotwright.Pod;

/// <summary>
/// Holds a primary back whose volume came back empty, or with older data than its replicas have: started so it would
/// take the keys away from them.
/// </summary>
internal static class FenceGuard
{
    /// <summary>Ends when the server may start; where that can't be decided, with the pod.</summary>
    public static async Task RunAsync(
        PodEnvironment pod,
        PodLog log,
        Random random,
        TimeProvider time,
        CancellationToken ct
    )
    {
        File.Delete(pod.Paths.HeldBack); // of a start that was cut off
        var data = Read(pod);
        if (data.Kind == OwnDataKind.Complete || LeadMark.Covers(pod.Paths, data))
        {
            return;
        }
        var nodes = new NodesFileOnDisk(pod.Paths.Nodes).Read();
        var password = PodPassword.OfMember(pod);
        var peers = new FencePeers(pod, nodes, password is null ? null : new Credentials(null, password), random, time);
        var member = new PodFencedMember(pod, nodes, data, password, log, time);
        await using var session = new ClusterSession(peers, given: null, time);
        try
        {
            await new FenceRun(session, member, pod.Fence, log, random).RunAsync(ct);
        }
        finally
        {
            using var cleanup = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
            await member.EndVoterAsync(cleanup.Token); // TERM ends it with the pod
            File.Delete(pod.Paths.HeldBack);
            File.Delete(pod.Paths.LetStart); // said of this start alone
        }
    }

    private static OwnData Read(PodEnvironment pod)
    {
        try
        {
            return OwnDisk.Read(StorageSettings.Of(ConfigText.Parse(File.ReadAllText(pod.Paths.Config))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(
                $"the files on the volume can't be read: {e.Message}",
                done: "no server was started",
                next: "look at podSecurityContext.fsGroup, which the volume has to belong to",
                cause: e
            );
        }
    }
}
