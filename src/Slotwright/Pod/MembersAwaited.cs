using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Bootstrap;
using Slotwright.Kubernetes.Hosting;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// Waits until all members answer and, where a cluster stands that needs nothing but time (members are being restarted
/// one after the other), until it is whole. Says every 10 s whom it waits for, and why.
/// </summary>
internal sealed class MembersAwaited(ClusterSession session, ReleaseHost host, PodLog log, TimeSpan wait)
{
    private const int MostNamed = 8;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private string? _said;

    /// <exception cref="OperationFailedException">Some did not come in time: which, and why.</exception>
    public async Task<Observation> RunAsync(CancellationToken ct)
    {
        Observation? last = null;
        var missing = "the members";
        var shape = await host.GetShapeAsync(ct);
        var begin = session.Time.GetTimestamp();
        var told = begin;
        var came = await Wait.UntilAsync(
            async inner =>
            {
                last = await session.ObserveAsync(inner);
                DemandPassword(last);
                var waitsFor = Silent(last) ?? Unsettled(last, BootstrapPlanner.Plan(last.Topology, shape));
                if (waitsFor is null)
                {
                    return true;
                }
                missing = waitsFor;
                if (_said is null || session.Time.GetElapsedTime(told) >= Interval)
                {
                    told = session.Time.GetTimestamp();
                    _said = missing;
                    log.Report(
                        $"waits for {missing} ({session.Time.GetElapsedTime(begin).TotalSeconds:0} s of {wait.TotalSeconds:0} s)"
                    );
                }
                return false;
            },
            wait,
            LongestPause,
            session.Time,
            ct
        );
        return came || (last is not null && Silent(last) is null)
            ? last!
            : throw new OperationFailedException(
                $"the members did not come within {wait.TotalSeconds:0} s: still waiting for {missing}",
                done: "nothing: a cluster is only formed of all its members",
                next: "mend what keeps them, then helm upgrade; bootstrap.waitTimeoutSeconds makes it wait longer"
            );
    }

    /// <summary>Members don't come to know a Secret by being waited for.</summary>
    private static void DemandPassword(Observation observation)
    {
        var refusing = observation.Views.Where(v => v.RefusesPassword).ToArray();
        if (refusing.Length > 0 && refusing.Length == observation.Views.Length)
        {
            throw new OperationFailedException(
                $"none of {refusing.Length} members can be asked, {refusing[0].Label}: {refusing[0].Unreachable}",
                done: "nothing",
                next: refusing[0].Remedy
            );
        }
    }

    private string? Silent(Observation observation)
    {
        var silent = observation.Views.Where(v => v.Report is null).ToArray();
        return silent.Length == 0
            ? null
            : string.Join(
                "; ",
                silent.Take(MostNamed).Select(v => $"{v.Label}: {host.WhyNot(v.Label) ?? v.Unreachable}")
            ) + (silent.Length > MostNamed ? $"; and {silent.Length - MostNamed} more" : "");
    }

    /// <summary>What has to be done, or is refused, is not waited for.</summary>
    private static string? Unsettled(Observation observation, BootstrapDecision decision) =>
        decision.Plan is { IsEmpty: true } && Formed.Missing(observation) is [var first, ..] ? first : null;
}
