using System.Collections.Immutable;
using Slotwright.Core.Planning;
using Slotwright.Operations.Running;

namespace Slotwright.Output;

/// <summary>The JSON face of what changes a cluster by a plan.</summary>
/// <param name="Changed">Something was done.</param>
/// <param name="Seconds">How long it took, people's answers included.</param>
internal sealed record ChangeDocument(
    string Target,
    bool Changed,
    Plan Plan,
    ImmutableArray<HandOverDocument> HandOvers,
    double Seconds,
    StatusDocument Status
)
{
    public static ChangeDocument Of(string target, ChangeReport report) =>
        new(
            target,
            report.Applied,
            report.Plan,
            [.. report.HandOvers.Select(HandOverDocument.Of)],
            Math.Round(report.Elapsed.TotalSeconds, 3),
            StatusDocument.Of(target, report.After)
        );
}
