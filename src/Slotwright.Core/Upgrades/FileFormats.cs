using Slotwright.Core.Storage;

namespace Slotwright.Core.Upgrades;

/// <summary>What a change of version does to the files that members have.</summary>
public static class FileFormats
{
    /// <summary>The way back leads over a full copy: the older version can't read what the newer one writes.</summary>
    public static bool IsOneWay(Version from, Version to) => !RdbFormats.Reads(from, RdbFormats.WrittenBy(to));

    /// <summary>The new server would refuse the files that the running one leaves.</summary>
    public static bool AreLost(Version running, Version to) => !RdbFormats.Reads(to, RdbFormats.WrittenBy(running));
}
