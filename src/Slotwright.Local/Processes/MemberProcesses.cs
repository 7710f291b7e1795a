using System.Collections.Immutable;
using Slotwright.Local.State;

namespace Slotwright.Local.Processes;

/// <summary>
/// Finds the servers of members. Each is started with its folder's <c>running</c> file as stdin, in a session of its
/// own and with its folder as working folder: by that it is known even where the record of its start was lost, and a
/// shell or an editor in the same folder is not taken for it.
/// </summary>
internal static class MemberProcesses
{
    /// <summary>By the record where that still holds, else by a look at all processes.</summary>
    public static ImmutableDictionary<string, MemberProcess> Find(IEnumerable<MemberFolder> folders)
    {
        var found = ImmutableDictionary.CreateBuilder<string, MemberProcess>(StringComparer.Ordinal);
        var missing = new List<MemberFolder>();
        foreach (var folder in folders)
        {
            if (Recorded(folder) is { } process)
            {
                found[folder.Name] = process;
            }
            else
            {
                missing.Add(folder);
            }
        }
        if (missing.Count > 0)
        {
            found.AddRange(Unrecorded(missing));
        }
        return found.ToImmutable();
    }

    public static MemberProcess? Find(MemberFolder folder) => Find([folder]).GetValueOrDefault(folder.Name);

    /// <summary>
    /// Everything that holds the <c>running</c> file of one of these as stdin: servers and the children that they
    /// forked to write their files, which may outlive them.
    /// </summary>
    public static ImmutableArray<ProcessIdentity> Holders(IEnumerable<MemberFolder> folders) =>
        Holders([.. folders.SelectMany(folder => new[] { folder.Running, folder.Converting })]);

    /// <summary>Everything that has one of these files as stdin.</summary>
    /// <param name="files">As /proc shows them.</param>
    public static ImmutableArray<ProcessIdentity> Holders(HashSet<string> files) =>
        [.. ProcFiles.Pids().Where(pid => Holds(pid, files)).Select(ProcessIdentity.Of).OfType<ProcessIdentity>()];

    /// <summary>Children of a server of this folder that has died: they may still write its old data.</summary>
    public static ImmutableArray<ProcessIdentity> Orphans(MemberFolder folder) =>
        [.. Holders([folder]).Where(process => process.Find() is { } stat && stat.Session != stat.Pid)];

    private static MemberProcess? Recorded(MemberFolder folder) =>
        ProcessFile.Read(folder)?.Identity is { } identity && identity.Find() is { } stat && IsServerOf(stat, folder)
            ? new MemberProcess(identity, stat.IsPaused)
            : null;

    private static Dictionary<string, MemberProcess> Unrecorded(List<MemberFolder> folders)
    {
        var wanted = folders.ToDictionary(folder => folder.Running, StringComparer.Ordinal);
        var found = new Dictionary<string, MemberProcess>(StringComparer.Ordinal);
        foreach (var pid in ProcFiles.Pids())
        {
            if (
                ProcFiles.File(pid, 0) is { } input
                && wanted.TryGetValue(input, out var folder)
                && ProcessStat.Read(pid) is { HasEnded: false } stat
                && IsServerOf(stat, folder)
            )
            {
                found[folder.Name] = new MemberProcess(ProcessIdentity.Of(stat), stat.IsPaused);
            }
        }
        return found;
    }

    private static bool IsServerOf(ProcessStat stat, MemberFolder folder) =>
        stat.Session == stat.Pid
        && Holds(stat.Pid, [folder.Running])
        && IsIn(ProcFiles.WorkingFolder(stat.Pid), folder.Path);

    private static bool Holds(int pid, HashSet<string> running) =>
        ProcFiles.File(pid, 0) is { } input && running.Contains(input);

    private static bool IsIn(string? path, string folder) =>
        path is not null
        && (
            string.Equals(path, folder, StringComparison.Ordinal)
            || path.StartsWith(folder + "/", StringComparison.Ordinal)
        );
}
