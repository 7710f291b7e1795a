using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>verify</c>.</summary>
/// <param name="Verdict">The gravest of all checks.</param>
/// <param name="Survives">In one sentence, which single failures the cluster survives.</param>
internal sealed record VerifyDocument(
    string Target,
    Verdict Verdict,
    string Survives,
    Survival Survival,
    ImmutableArray<Finding> Checks
);
