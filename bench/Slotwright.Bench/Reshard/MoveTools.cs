using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Bench.Create;
using Slotwright.Core.Cluster;
using Slotwright.Local.Hosting;
using Slotwright.Local.Servers;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;

namespace Slotwright.Bench.Reshard;

/// <summary>What people move slots with, on one cluster: each call runs the tool from its start to its end.</summary>
internal sealed class MoveTools(
    string program,
    string home,
    LocalHost host,
    ServerBinary server,
    ClusterSession session
)
{
    /// <exception cref="InvalidOperationException">It failed: what it said.</exception>
    public async Task<TimeSpan> CliAsync(IEnumerable<string> words, int? pipeline, CancellationToken ct) =>
        (
            await TimedProgram.RunAsync(
                Path.Combine(Path.GetDirectoryName(server.Path)!, "valkey-cli"),
                [
                    "--cluster",
                    .. words,
                    .. pipeline is { } keys ? ["--cluster-pipeline", $"{keys}"] : Array.Empty<string>(),
                ],
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["REDISCLI_AUTH"] = (await host.GetCredentialsAsync(ct))!.Password,
                },
                ct
            )
        ).Took;

    public Task<TimeSpan> CliReshardAsync(Node from, Node to, int slots, int? pipeline, CancellationToken ct) =>
        CliAsync(
            [
                "reshard",
                from.Address.ToString(),
                "--cluster-from",
                from.Id.Value,
                "--cluster-to",
                to.Id.Value,
                "--cluster-slots",
                slots.ToString(CultureInfo.InvariantCulture),
                "--cluster-yes",
            ],
            pipeline,
            ct
        );

    /// <summary>The native program's own command on this cluster.</summary>
    /// <exception cref="InvalidOperationException">It failed: what it said.</exception>
    public async Task<TimeSpan> OursAsync(IEnumerable<string> words, CancellationToken ct) =>
        (
            await TimedProgram.RunAsync(
                program,
                [.. words, "--name", host.Name["local:".Length..], "--yes"],
                new Dictionary<string, string>(StringComparer.Ordinal) { ["SLOTWRIGHT_HOME"] = home },
                ct
            )
        ).Took;

    /// <param name="from">A member.</param>
    /// <param name="to">A member.</param>
    public Task<TimeSpan> OurReshardAsync(
        string from,
        string to,
        string ranges,
        string mover,
        string pace,
        CancellationToken ct
    ) => OursAsync(["reshard", "--ranges", ranges, "--from", from, "--to", to, "--mover", mover, "--pace", pace], ct);

    /// <summary>CLUSTER MIGRATESLOTS alone, over connections that are open already.</summary>
    public async Task ByHandAsync(Node from, Node to, Core.Slots.SlotSet slots, CancellationToken ct)
    {
        var members = (await session.ObserveAsync(ct)).Topology.Members;
        var node = await session.ConnectAsync(members[from.Member!], ct);
        await node.AskAsync(NodeCommands.OfMigration(slots, to.Id), ct);
        await Wait.UntilAsync(
            async inner => (await node.SlotMigrationsAsync(inner)).All(m => m.Ended),
            TimeSpan.FromMinutes(5),
            TimeProvider.System,
            ct
        );
    }

    /// <summary>Every node sees the same owners, all slots have one, and none is open.</summary>
    /// <returns>False where that is not so after 30 s.</returns>
    public Task<bool> IsSettledAsync(CancellationToken ct) =>
        Wait.UntilAsync(
            async inner =>
                await session.ObserveAsync(inner) is { Disagreements.IsEmpty: true } seen
                && seen.Views.All(v => v.Report?.Self.OpenSlots.IsEmpty == true),
            TimeSpan.FromSeconds(30),
            TimeProvider.System,
            ct
        );

    public async Task<ImmutableArray<Node>> PrimariesAsync(CancellationToken ct)
    {
        var topology = (await session.ObserveAsync(ct)).Topology;
        return [.. topology.Primaries.OrderBy(p => topology.Members[p.Member!].Ordinal)];
    }
}
