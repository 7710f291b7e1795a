using k8s.Models;

namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>One probe of a container, as the kubelet goes about it; its times are divided, its thresholds are not.</summary>
/// <param name="run">Runs its command: whether it ended well within the time, and what it said.</param>
internal sealed class ProbeLoop(V1Probe probe, int haste, Func<IList<string>, TimeSpan, Task<(bool, string)>> run)
{
    private const int DefaultPeriod = 10;
    private const int DefaultFailures = 3;

    private int _good;
    private int _bad;

    /// <summary>What it came to: after so many good ones, or bad ones, in a row.</summary>
    public bool? Result { get; private set; }

    /// <summary>What the last one said.</summary>
    public string Line { get; private set; } = "";

    /// <param name="until">Whether the result is one to end with; false for a probe that goes on.</param>
    public async Task RunAsync(Func<bool, bool> until, CancellationToken ct)
    {
        await Task.Delay(Hurried(probe.InitialDelaySeconds ?? 0), TimeProvider.System, ct);
        using var timer = new PeriodicTimer(Hurried(probe.PeriodSeconds ?? DefaultPeriod), TimeProvider.System);
        do
        {
            (var good, Line) = await run(probe.Exec.Command, TimeSpan.FromSeconds(probe.TimeoutSeconds ?? 1));
            (_good, _bad) = good ? (_good + 1, 0) : (0, _bad + 1);
            Result =
                _good >= (probe.SuccessThreshold ?? 1) ? true
                : _bad >= (probe.FailureThreshold ?? DefaultFailures) ? false
                : Result;
        } while (!(Result is { } result && until(result)) && await timer.WaitForNextTickAsync(ct));
    }

    private TimeSpan Hurried(int seconds) => TimeSpan.FromSeconds(seconds) / haste;
}
