using Slotwright.Core.Failover;

namespace Slotwright.Operations.Agent.Failover;

/// <param name="SincePromise">Milliseconds; null for never.</param>
/// <param name="SinceReached">Milliseconds; null for never.</param>
internal sealed record SightAnswer(double? SincePromise, double? SinceReached)
{
    public PromiseSight ToSight() => new(Span(SincePromise), Span(SinceReached));

    private static TimeSpan? Span(double? milliseconds) =>
        milliseconds is >= 0 and < 1e9 and var m ? TimeSpan.FromMilliseconds(m) : null;
}
