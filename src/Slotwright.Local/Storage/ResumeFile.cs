using System.Collections.Immutable;
using Slotwright.Core.Restarts;
using Slotwright.Local.State;

namespace Slotwright.Local.Storage;

/// <summary>The mark of a restart that resumes, beside the member's data.</summary>
public static class ResumeFile
{
    /// <summary>
    /// Nobody elects it by itself until its append-only files are whole: it could not keep what it acknowledges, and
    /// after the next crash it would set back those that could.
    /// </summary>
    private static readonly ImmutableArray<string> Arguments =
    [
        "--appendonly",
        "no",
        "--cluster-replica-no-failover",
        "yes",
    ];

    /// <param name="folder">That of the data.</param>
    /// <returns>Null where there is none, or none that was written whole.</returns>
    public static ResumeMark? Read(string folder)
    {
        var path = PathIn(folder);
        return File.Exists(path) && ResumeMark.TryParse(File.ReadAllText(path), out var mark) ? mark : null;
    }

    /// <summary>Ends when it would outlive a crash of the machine.</summary>
    /// <exception cref="IOException">The disk can't be written.</exception>
    public static void Write(string folder, ResumeMark mark)
    {
        if (Read(folder) != mark)
        {
            AtomicFile.Write(PathIn(folder), mark.Render());
        }
    }

    public static void Delete(string folder)
    {
        if (File.Exists(PathIn(folder)))
        {
            File.Delete(PathIn(folder));
            AtomicFile.FlushFolder(folder);
        }
    }

    /// <summary>Its server was started from a snapshot, and has not been seen with append-only files of its own since.</summary>
    public static bool IsResuming(string folder) => Read(folder) is { Phase: ResumePhase.Resuming };

    /// <summary>What its server is started with besides its configuration file, once its files are prepared.</summary>
    public static ImmutableArray<string> ArgumentsFor(string folder) => IsResuming(folder) ? Arguments : [];

    private static string PathIn(string folder) => $"{folder}/{ResumeMark.FileName}";
}
