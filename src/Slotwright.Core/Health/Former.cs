namespace Slotwright.Core.Health;

/// <summary>Who makes one cluster of the members: a remedy that the target refuses is none.</summary>
public enum Former
{
    /// <summary><c>slotwright bootstrap</c>.</summary>
    Host,

    /// <summary>The chart's own Job, which each upgrade of the release runs.</summary>
    Chart,

    /// <summary>Nobody who is known: of such nodes it is not even known which belong together.</summary>
    Nobody,
}
