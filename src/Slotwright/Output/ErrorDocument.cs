using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;

namespace Slotwright.Output;

/// <summary>The document of a command that could not give its own.</summary>
/// <param name="Error"><c>usage</c>, <c>refused</c>, <c>busy</c>, <c>failed</c> or <c>interrupted</c>.</param>
internal sealed record ErrorDocument(
    string Error,
    string Message,
    string? Member,
    string? Command,
    string? Done,
    string? Next,
    ImmutableArray<Problem> Problems,
    ImmutableArray<Finding> Findings
);
