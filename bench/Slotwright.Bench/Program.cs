using Slotwright.Bench;
using Slotwright.Bench.Placement;

if (BenchOptions.Parse(args) is not { } options)
{
    Terminal.Complain("usage: bench/NAME [--quick], where NAME is placement");
    return 64;
}
switch (options.Name)
{
    case "placement":
        PlacementBenchmark.Run(options);
        return 0;
    default:
        Terminal.Complain($"'{options.Name}' is no benchmark; there is: placement");
        return 64;
}
