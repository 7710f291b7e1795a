using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Bootstrap;

/// <summary>
/// Settings that make nodes get to know each other faster, none of which changes how failures are found. They are
/// never written to a file; what the host has configured is put back at the end, or by the next attempt.
/// </summary>
public sealed class FormingSettings(ClusterSession session)
{
    /// <summary>Milliseconds; the shortest wait that a server keeps before it calls the state ok.</summary>
    public const string ShortestNodeTimeout = "500";

    private const string PingInterval = "cluster-ping-interval";
    private const string SyncDelay = "repl-diskless-sync-delay";
    internal const string NodeTimeout = "cluster-node-timeout";

    private static readonly ImmutableArray<(string Name, string Default)> Touched =
    [
        (PingInterval, "0"),
        (SyncDelay, "5"),
        (NodeTimeout, "15000"),
    ];

    /// <summary>More nodes gossip less often, since each pings all: 100 ms for a few, 500 ms for a hundred.</summary>
    public Task HastenAsync(ImmutableArray<Member> members, CancellationToken ct)
    {
        var interval = members.Length switch
        {
            <= 12 => "100",
            <= 50 => "200",
            _ => "500",
        };
        return session.OnEachAsync(
            members,
            async (_, connection) =>
            {
                await TrySetAsync(connection, PingInterval, interval, ct);
                await connection.ConfigSetAsync(SyncDelay, "0", ct);
            },
            ct
        );
    }

    /// <summary>Puts back what the host has configured, and reads it again.</summary>
    /// <returns>Settings that were found changed, as <c>member setting</c>.</returns>
    /// <exception cref="OperationFailedException">A member keeps another value.</exception>
    public async Task<ImmutableArray<string>> RestoreAsync(ImmutableArray<Member> members, CancellationToken ct)
    {
        var changed = await Task.WhenAll(members.Select(m => RestoreAsync(m, ct)));
        return [.. changed.SelectMany(c => c)];
    }

    /// <summary>What is not as the host has it configured; nothing where there is no host to say.</summary>
    public Task<ImmutableArray<SettingDifference>> DifferencesAsync(Member member, CancellationToken ct) =>
        session.AskAsync(member, DifferencesAsync, ct);

    /// <summary>What the host has configured; else the server's default.</summary>
    internal static async ValueTask<string> ConfiguredAsync(IClusterHost host, string name, CancellationToken ct) =>
        await host.GetSettingAsync(name, ct) ?? Touched.First(t => t.Name == name).Default;

    private async Task<ImmutableArray<SettingDifference>> DifferencesAsync(
        ValkeyConnection connection,
        CancellationToken ct
    )
    {
        if (session.Target is not IClusterHost host)
        {
            return [];
        }
        var differences = ImmutableArray.CreateBuilder<SettingDifference>();
        foreach (var (name, _) in Touched)
        {
            var wanted = await ConfiguredAsync(host, name, ct);
            if (await connection.ConfigGetAsync(name, ct) is { } actual && actual != wanted)
            {
                differences.Add(new SettingDifference(name, actual, wanted));
            }
        }
        return differences.ToImmutable();
    }

    private async Task<ImmutableArray<string>> RestoreAsync(Member member, CancellationToken ct)
    {
        var differences = await DifferencesAsync(member, ct);
        var connection = await session.ConnectAsync(member, ct);
        foreach (var (name, actual, wanted) in differences)
        {
            await connection.ConfigSetAsync(name, wanted, ct);
            if (await connection.ConfigGetAsync(name, ct) != wanted)
            {
                throw new OperationFailedException(
                    $"{name} stays {actual}, {wanted} was configured",
                    member.Name,
                    "CONFIG SET",
                    next: "restart the member, or set it by hand"
                );
            }
        }
        return [.. differences.Select(d => $"{member.Name}: {d.Name} was {d.Actual}, is {d.Wanted} again")];
    }

    /// <summary>Servers before 8.0 don't have it: gossip is slower there, nothing else.</summary>
    private static async Task TrySetAsync(
        ValkeyConnection connection,
        string name,
        string value,
        CancellationToken ct
    ) => _ = await connection.SendAsync(RespCommand.Of("CONFIG", "SET", name, value), ct);
}
