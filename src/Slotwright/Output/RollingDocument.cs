using System.Collections.Immutable;
using Slotwright.Core.Planning;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>restart</c> and <c>upgrade</c>.</summary>
/// <param name="Version">Of Valkey, that members were brought to.</param>
/// <param name="Kept">Members that stay at the old version until <c>upgrade --commit</c> or <c>--rollback</c>.</param>
/// <param name="HandOvers">In the order in which they came about.</param>
/// <param name="Seconds">How long it took in all.</param>
internal sealed record RollingDocument(
    string Target,
    bool Changed,
    string Version,
    ImmutableArray<string> Kept,
    Plan Plan,
    ImmutableArray<HandOverDocument> HandOvers,
    double Seconds,
    StatusDocument Status
);
