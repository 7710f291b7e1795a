using System.Collections.Immutable;

namespace Slotwright.Core.Health.Preflight;

/// <summary>A disk that members keep their files on.</summary>
/// <param name="Free">Bytes that can be written.</param>
public sealed record DiskRoom(string Disk, long Free, ImmutableArray<string> Members);
