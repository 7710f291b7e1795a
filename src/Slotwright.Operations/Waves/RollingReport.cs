using System.Collections.Immutable;
using Slotwright.Operations.Running;

namespace Slotwright.Operations.Waves;

/// <summary>What a rolling operation did.</summary>
/// <param name="Target">The version that members were brought to.</param>
/// <param name="Kept">Members that stay at the version that they have until it is committed or rolled back.</param>
public sealed record RollingReport(ChangeReport Change, Version Target, ImmutableArray<string> Kept);
