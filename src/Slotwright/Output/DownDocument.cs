using System.Collections.Immutable;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>down</c>; members by name.</summary>
internal sealed record DownDocument(
    string Target,
    ImmutableArray<string> Stopped,
    ImmutableArray<string> AlreadyStopped,
    ImmutableArray<string> Killed,
    bool Purged
);
