using System.Collections.Immutable;
using Slotwright.Local.Hosting;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>local list</c>.</summary>
internal sealed record LocalListDocument(ImmutableArray<LocalClusterSummary> Clusters);
