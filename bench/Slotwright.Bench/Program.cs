using System.Runtime.InteropServices;
using Slotwright.Bench;
using Slotwright.Bench.Create;
using Slotwright.Bench.Failover;
using Slotwright.Bench.Placement;
using Slotwright.Bench.Probe;
using Slotwright.Bench.Reshard;
using Slotwright.Bench.Upgrade;

if (BenchOptions.Parse(args) is not { } options)
{
    Terminal.Complain(
        "usage: bench/NAME [--quick], where NAME is create, failover, false-alarms, placement, probe, rebalance, reshard, reshard-load or upgrade"
    );
    return 64;
}

// an interrupted benchmark ends its servers before it ends itself
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    switch (options.Name)
    {
        case "placement":
            PlacementBenchmark.Run(options);
            return 0;
        case "create":
            await CreateBenchmark.RunAsync(options, stop.Token);
            return 0;
        case "failover":
            await FailoverBenchmark.RunAsync(options, stop.Token);
            return 0;
        case "false-alarms":
            await FalseAlarmsBenchmark.RunAsync(options, stop.Token);
            return 0;
        case "probe":
            await ProbeBenchmark.RunAsync(options, stop.Token);
            return 0;
        case "rebalance":
            await RebalanceBenchmark.RunAsync(options, stop.Token);
            return 0;
        case "reshard":
            await ReshardBenchmark.RunAsync(options, stop.Token);
            return 0;
        case "reshard-load":
            await UnderLoadBenchmark.RunAsync(options, stop.Token);
            return 0;
        case "upgrade":
            await UpgradeBenchmark.RunAsync(options, stop.Token);
            return 0;
        default:
            Terminal.Complain(
                $"'{options.Name}' is no benchmark; there are: create, failover, false-alarms, placement, probe, rebalance, reshard, reshard-load, upgrade"
            );
            return 64;
    }
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
