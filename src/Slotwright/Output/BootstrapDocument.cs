using System.Collections.Immutable;
using Slotwright.Core.Planning;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>bootstrap</c>.</summary>
/// <param name="Changed">Something was done.</param>
/// <param name="Restored">Settings that an earlier attempt had left behind.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record BootstrapDocument(
    string Target,
    bool Changed,
    Plan Plan,
    ImmutableArray<string> Restored,
    double Seconds,
    StatusDocument Status
);
