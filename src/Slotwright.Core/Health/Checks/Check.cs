using System.Collections.Immutable;

namespace Slotwright.Core.Health.Checks;

/// <summary>A check as findings: its faults, or one finding that says what holds.</summary>
internal static class Check
{
    /// <param name="code">The check's name where it holds; each fault has one of its own.</param>
    /// <param name="ok">What holds where there is no fault.</param>
    public static ImmutableArray<Finding> Of(string code, string ok, IEnumerable<Finding> faults)
    {
        ImmutableArray<Finding> found = [.. faults];
        return found.IsEmpty ? Fine(code, ok) : found;
    }

    public static ImmutableArray<Finding> Fine(string code, string what) =>
        [new(code, Verdict.Ok, "cluster", what, "", "")];
}
