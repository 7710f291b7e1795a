using Slotwright.Core.Planning.Steps;

namespace Slotwright.Local.State;

/// <summary>The folder of a member that is none any more.</summary>
internal static class LeftVolume
{
    /// <summary>Those with something in them that a new server would begin with, by ordinal.</summary>
    public static IEnumerable<MemberFolder> FindAll(ClusterFolder folder, ClusterFile file) =>
        Directory
            .EnumerateDirectories(folder.Path, $"{file.Name}-*")
            .Select(path => int.TryParse(Path.GetFileName(path).AsSpan(file.Name.Length + 1), out var n) ? n : -1)
            .Where(ordinal => ordinal >= file.Members)
            .Order()
            .Select(ordinal => folder.Member(file.MemberName(ordinal)))
            .Where(IsThere);

    private static bool IsThere(MemberFolder member) =>
        Directory.Exists(member.Data) && Directory.EnumerateFileSystemEntries(member.Data).Any();

    /// <param name="how">Null leaves it as it is.</param>
    public static void Discard(MemberFolder member, VolumeDiscard? how)
    {
        if (how is null || !Directory.Exists(member.Path))
        {
            return;
        }
        if (how == VolumeDiscard.Delete)
        {
            Directory.Delete(member.Path, recursive: true);
            return;
        }
        if (Directory.Exists(member.Data))
        {
            Directory.Delete(member.Data, recursive: true);
        }
        File.Delete(member.Streams);
        File.Delete(member.HeldBack);
    }
}
