using Slotwright.Core.Configuration;
using Slotwright.Core.Restarts;
using Slotwright.Local.Storage;
using Slotwright.Operations.Restarts;
using Slotwright.Valkey.Resp;

namespace Slotwright.Pod;

/// <summary>
/// Completes a start from a snapshot: the server's append-only file is switched on, and once that is whole, its mark
/// goes. The readiness probe does it, which runs in every pod for as long as the server does; one that is cut off is
/// followed by another.
/// </summary>
internal static class ResumedStart
{
    private const string NoFailover = ResumeCompletion.NoFailover;

    /// <param name="info">INFO of the server, of which the sections server and persistence are looked at.</param>
    /// <returns>What is missing still; null where nothing is.</returns>
    /// <exception cref="IOException">The server does not answer, or the volume can't be written.</exception>
    public static string? Complete(PodEnvironment pod, ProbeWire wire, RespValue info, TimeSpan patience)
    {
        if (!ResumeFile.IsResuming(pod.Paths.Data))
        {
            return null;
        }
        var progress = Judge(info);
        switch (progress.Deed)
        {
            case ResumeDeed.SwitchOn:
                return Set("appendonly", "yes") is { } refusal ? $"{progress.Reason}: {refusal}" : progress.Reason;
            case ResumeDeed.Finish:
                if (Set(NoFailover, Configured(pod)) is { } other)
                {
                    return $"its append-only file is written, but {NoFailover} can't be put back: {other}";
                }
                ResumeFile.Delete(pod.Paths.Data);
                return null;
            default:
                return progress.Reason;
        }

        string? Set(string name, string value) =>
            wire.Ask([RespCommand.Of("CONFIG", "SET", name, value)], patience)[0] is RespValue.Error error
                ? error.Text
                : null;
    }

    private static ResumeProgress Judge(RespValue info)
    {
        var server = new FieldBytes(info);
        return ResumeProgress.Judge(
            server.Is("loading"u8, "1"u8),
            server.Is("aof_enabled"u8, "1"u8),
            server.Is("aof_rewrite_in_progress"u8, "1"u8) || server.Is("aof_rewrite_scheduled"u8, "1"u8),
            server.Is("aof_last_bgrewrite_status"u8, "ok"u8)
        );
    }

    private static string Configured(PodEnvironment pod) =>
        ConfigText.Parse(File.ReadAllText(pod.Paths.Config)).LastOrDefault(line => line.Name == NoFailover)?.Arguments
        ?? "no";
}
