using System.Collections.Immutable;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Recovery;
using Slotwright.Operations.Running;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>recover</c>.</summary>
/// <param name="Changed">Something was done.</param>
/// <param name="Problems">As they are now: after something was done, those that are left.</param>
/// <param name="Plan">Null where no way was named.</param>
/// <param name="Status">Null where nothing was done.</param>
internal sealed record RecoverDocument(
    string Target,
    bool Changed,
    int Primaries,
    int PrimariesUp,
    bool HasMajority,
    ImmutableArray<RecoveryProblem> Problems,
    Plan? Plan,
    ImmutableArray<HandOverDocument> HandOvers,
    StatusDocument? Status
)
{
    public static RecoverDocument Of(string target, RecoveryReport report, Plan? plan, ChangeReport? change) =>
        new(
            target,
            change is not null,
            report.Primaries,
            report.PrimariesUp,
            report.HasMajority,
            report.Problems,
            plan,
            change is null ? [] : [.. change.HandOvers.Select(HandOverDocument.Of)],
            change is null ? null : StatusDocument.Of(target, change.After)
        );
}
