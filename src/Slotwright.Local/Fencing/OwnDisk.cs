using Slotwright.Core.Fencing;
using Slotwright.Core.Storage;
using Slotwright.Local.Storage;

namespace Slotwright.Local.Fencing;

/// <summary>What a member's server would begin with, read from its disk before anything is changed there.</summary>
public static class OwnDisk
{
    /// <exception cref="IOException">The disk can't be read.</exception>
    public static OwnData Read(StorageSettings settings) =>
        OwnData.Of(MemberDisk.Read(settings), settings.AppendOnly, StartMark.Read(settings.Folder));
}
