using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>preflight</c>.</summary>
/// <param name="Verdict">The gravest of all checks.</param>
internal sealed record PreflightDocument(string Target, Verdict Verdict, ImmutableArray<Finding> Checks);
