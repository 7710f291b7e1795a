using System.Collections;
using System.Runtime.InteropServices;
using Slotwright;
using Slotwright.Output;
using Slotwright.Pod;

if (ProbeRole.TryRun(args) is { } probed)
{
    return probed;
}

using var stop = new CancellationTokenSource();

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var environment = Environment
    .GetEnvironmentVariables()
    .Cast<DictionaryEntry>()
    .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);
var wiring = new Wiring(Terminal.OfProcess(stop.Token), TimeProvider.System, new Random(), environment);
return await CommandLine.RunAsync(args, wiring, stop.Token);
