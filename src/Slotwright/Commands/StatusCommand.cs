using System.CommandLine;
using Slotwright.Core.Observing;
using Slotwright.Operations.Observing;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright status</c>: the map of a cluster.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    public static Command Create(Wiring wiring)
    {
        var watch = new Option<bool>("--watch", "-w")
        {
            Description = "a live view, until Ctrl-C (exit code 130); as JSON one line a look",
        };
        var interval = DurationArgument.Option(
            "--interval",
            "between two looks of --watch",
            TimeSpan.FromSeconds(1),
            TimeSpan.FromMilliseconds(100),
            LongestInterval
        );
        var command = new Command("status", "the map: shard by shard, zone by zone") { watch, interval };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var session = new TargetResolver(wiring).Open(parsed);
                var format = CommonOptions.FormatOf(parsed);
                if (parsed.GetValue(watch))
                {
                    return await WatchAsync(session, wiring, format, parsed.GetValue(interval), ct);
                }
                var observation = await session.ObserveAsync(ct);
                StatusOutput.Print(wiring.Terminal, format, session.Target.Name, observation);
                return NobodyAnswers(observation) ? ExitCode.Failed : ExitCode.Done;
            }
        );
        return command;
    }

    private static async Task<int> WatchAsync(
        ClusterSession session,
        Wiring wiring,
        Format format,
        TimeSpan interval,
        CancellationToken ct
    )
    {
        var live = new LiveView(wiring.Terminal.Document);
        try
        {
            while (!wiring.Terminal.NobodyReads)
            {
                var observation = await session.ObserveAsync(ct);
                if (format == Format.Json)
                {
                    StatusOutput.PrintLine(wiring.Terminal, session.Target.Name, observation);
                }
                else
                {
                    live.Show(ClusterMap.Of(session.Target.Name, observation), wiring.Time.GetLocalNow());
                }
                await Task.Delay(interval, wiring.Time, ct);
            }
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private static bool NobodyAnswers(Observation observation) => observation.Views.All(v => v.Report is null);
}
