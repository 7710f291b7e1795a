using System.Collections.Immutable;

namespace Slotwright.Core.Failures;

/// <summary>The input can't be used: all its problems at once. Exit code 64.</summary>
public sealed class BadInputException(params ReadOnlySpan<Problem> problems) : Exception("the input can't be used")
{
    public ImmutableArray<Problem> Problems { get; } = [.. problems];

    public override string Message => string.Join(Environment.NewLine, Problems);
}
