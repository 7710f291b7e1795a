using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Core.Storage;
using Slotwright.Local.State;
using Slotwright.Local.Storage;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// Prepares the files on the volume: that the server loads the newest data whether appendonly was switched on or off,
/// and is not started with files that it can't read.
/// </summary>
internal static class FilesGuard
{
    public static async Task RunAsync(PodEnvironment pod, PodLog log, TimeProvider time, CancellationToken ct)
    {
        File.Delete(pod.Paths.Preparing); // of a start that was cut off
        var program = ServerProgram.Find(pod);
        var engine = new StorageEngine(
            program,
            await ServerProgram.VersionAsync(program, time, ct),
            pod.Paths.Run,
            pod.Paths.Auth,
            version => $"go back to the engine that wrote it: image.tag: {version}"
        );
        try
        {
            var guard = StorageGuard.Look(
                engine,
                ConfigText.Parse(await File.ReadAllTextAsync(pod.Paths.Config, ct)),
                time
            );
            if (guard.Change.Action == StorageAction.SaveSnapshot)
            {
                // else the kubelet would end what takes longer than a startup probe may
                AtomicFile.WriteDerived(pod.Paths.Preparing, "its append-only files are being saved as a snapshot");
            }
            await guard.ApplyAsync(log.Report, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(
                $"the files on the volume can't be prepared: {e.Message}",
                done: "the data are all there",
                next: "look whether the volume is full, and at podSecurityContext.fsGroup, which it has to belong to",
                cause: e
            );
        }
        finally
        {
            File.Delete(pod.Paths.Preparing);
        }
    }
}
