using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Health.Checks;

/// <summary>
/// No server has used up its maxmemory. What waits for replicas and for the append-only file does not count, as the
/// servers have it. Where no limit is set, or its policy is not said, nothing is said.
/// </summary>
internal static class MemoryLeft
{
    private const string NoEviction = "noeviction";

    public static ImmutableArray<Finding> Run(Observation observation)
    {
        NodeView[] limited =
        [
            .. observation.Views.Where(v => v.Report?.Server is { MaxMemory: > 0, EvictionPolicy: not null }),
        ];
        return limited.Length == 0
            ? []
            : Check.Of(
                "memory-left",
                "no server has used up its maxmemory",
                limited.Where(v => Counted(v.Report!.Server) > v.Report!.Server.MaxMemory).Select(Fault)
            );
    }

    private static long Counted(ServerInfo server) => server.UsedMemory - server.UncountedMemory;

    private static Finding Fault(NodeView view)
    {
        var server = view.Report!.Server;
        var (verdict, why) = (server.EvictionPolicy, server.IsPrimary) switch
        {
            (NoEviction, true) => (Verdict.Failed, "it refuses all writes that need memory (OOM)"),
            (_, true) => (Verdict.Warning, "it evicts keys, and where that does not suffice refuses writes (OOM)"),
            (NoEviction, false) => (Verdict.Warning, "as a primary it would refuse all writes that need memory (OOM)"),
            (_, false) => (Verdict.Warning, "as a primary it would evict keys"),
        };
        return new Finding(
            "memory-used-up",
            verdict,
            view.Label,
            $"{Mebibytes(Counted(server))} of memory are used, maxmemory is {Mebibytes(server.MaxMemory)} with {server.EvictionPolicy}",
            why,
            "raise maxmemory where the machine has more (CONFIG SET maxmemory, and in its configuration), delete keys, or spread them over more shards"
        );
    }

    private static string Mebibytes(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB");
}
