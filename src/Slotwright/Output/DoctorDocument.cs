using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>doctor</c>.</summary>
/// <param name="Verdict">The gravest of all checks.</param>
internal sealed record DoctorDocument(Verdict Verdict, ImmutableArray<Finding> Checks);
