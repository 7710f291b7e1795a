using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Core.Failures;

/// <summary>The operation would not be safe, and nothing was changed. Exit code 3.</summary>
public sealed class RefusedException(string operation, params ReadOnlySpan<Finding> findings) : Exception
{
    public string Operation { get; } = operation;

    public ImmutableArray<Finding> Findings { get; } = [.. findings];

    public override string Message =>
        $"{Operation} is refused: {string.Join("; ", Findings.Select(f => $"{f.Subject}: {f.What}"))}";
}
