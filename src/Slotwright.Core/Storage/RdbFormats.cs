namespace Slotwright.Core.Storage;

/// <summary>Which RDB formats an engine reads. Source: RDB_VERSION_MAP of Valkey; 8.0, 8.1 and 9.1 were tried.</summary>
public static class RdbFormats
{
    private const int Newest = 81;

    private static readonly (int Format, Version Since)[] Known =
    [
        (10, new(7, 0)),
        (11, new(7, 2)),
        (80, new(9, 0)),
        (Newest, new(9, 2)),
    ];

    /// <summary>Formats of Redis from 7.4 on: no Valkey reads them.</summary>
    private static readonly (int First, int Last) Foreign = (12, 79);

    /// <summary>False only where it is known that the engine refuses to start with such a file.</summary>
    public static bool Reads(Version engine, int format) =>
        !IsForeign(format) && (Since(format) is { } since ? engine >= since : IsNewer(engine));

    /// <summary>Than any whose formats are known here.</summary>
    private static bool IsNewer(Version engine) => new Version(engine.Major, engine.Minor) > Known[^1].Since;

    /// <summary>The format in which an engine writes, as far as it is known here.</summary>
    public static int WrittenBy(Version engine) => Known.Last(k => engine >= k.Since || k == Known[0]).Format;

    /// <summary>It is of a Redis that is no ancestor of Valkey.</summary>
    public static bool IsForeign(int format) => format >= Foreign.First && format <= Foreign.Last;

    /// <summary>The first engine that reads it; null where it is not known yet.</summary>
    public static Version? Since(int format)
    {
        foreach (var (known, since) in Known)
        {
            if (format <= known)
            {
                return since;
            }
        }
        return null;
    }
}
