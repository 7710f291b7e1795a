using Slotwright.Core.Restarts;
using Slotwright.Core.Storage;

namespace Slotwright.Local.Storage;

/// <summary>Decides how a member's server ends, and leaves the mark for its next start.</summary>
public static class ResumeLeave
{
    /// <param name="settings">Of the server, which runs.</param>
    /// <param name="grace">By then it has ended, or is ended by force.</param>
    public static ResumeDecision Prepare(
        StorageSettings settings,
        ResumeEvidence evidence,
        TimeSpan grace,
        DateTimeOffset now
    )
    {
        var isResuming = ResumeFile.IsResuming(settings.Folder) && !evidence.Own.Storage.IsWhole;
        var decision = ResumeChoice.Decide(evidence, isResuming);
        if (decision is not ResumeDecision.Resume)
        {
            return decision;
        }
        try
        {
            if (MemberDisk.Read(settings).AppendOnly is not { Damage: null } files)
            {
                return new ResumeDecision.Copy("its append-only files can't be read");
            }
            ResumeFile.Write(
                settings.Folder,
                new ResumeMark(
                    ResumePhase.Leaving,
                    files.BaseName,
                    evidence.Own.Fields.GetValueOrDefault("master_replid", ""),
                    Offset(evidence),
                    now,
                    now + grace
                )
            );
            return decision;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ResumeDecision.Copy($"its disk can't be written: {e.Message}");
        }
    }

    /// <summary>As a snapshot tells it: what it hands on, which may be less than what has come in.</summary>
    private static long Offset(ResumeEvidence evidence) =>
        long.TryParse(evidence.Own.Fields.GetValueOrDefault("master_repl_offset"), out var offset) ? offset : 0;
}
