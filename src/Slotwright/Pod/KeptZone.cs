using Slotwright.Local.State;

namespace Slotwright.Pod;

/// <summary>The bootstrap Job tells a running server its zone; the next start has it from here.</summary>
internal static class KeptZone
{
    /// <param name="zone">As the server says it; empty where it says none.</param>
    public static void Keep(PodPaths paths, string zone)
    {
        if (zone.Length > 0 && !(File.Exists(paths.Zone) && File.ReadAllText(paths.Zone) == zone))
        {
            AtomicFile.Write(paths.Zone, zone);
        }
    }
}
