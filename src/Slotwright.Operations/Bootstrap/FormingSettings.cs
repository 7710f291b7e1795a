using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Bootstrap;

/// <summary>
/// Settings that make nodes get to know each other faster, none of which changes how failures are found. They are
/// never written to a file; what the host has configured is put back at the end, or by the next attempt. Gossip goes
/// round more often; a primary begins the first copy at once; and an empty replica loads it as it comes: by way of a
/// file, a 9.1 server would look only once a second whether it has come.
/// </summary>
public sealed class FormingSettings(ClusterSession session)
{
    /// <summary>Milliseconds; the shortest wait that a server keeps before it calls the state ok.</summary>
    public const string ShortestNodeTimeout = "500";

    /// <summary>Members in haste are slow to answer: that is no reason to give up on them.</summary>
    private static readonly TimeSpan RestoreBudget = TimeSpan.FromSeconds(15);

    private const string PingInterval = "cluster-ping-interval";
    private const string SyncDelay = "repl-diskless-sync-delay";
    private const string SyncLoad = "repl-diskless-load";
    internal const string NodeTimeout = "cluster-node-timeout";

    private static readonly ImmutableArray<(string Name, string Default)> Touched =
    [
        (PingInterval, "0"),
        (SyncDelay, "5"),
        (SyncLoad, "disabled"),
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
                await connection.ConfigSetAllAsync([(SyncDelay, "0"), (SyncLoad, "on-empty-db")], ct);
            },
            ct
        );
    }

    /// <summary>Puts back what the host has configured, and reads it again.</summary>
    /// <returns>Settings that were found changed, as <c>member setting</c>.</returns>
    /// <exception cref="OperationFailedException">A member keeps another value.</exception>
    public async Task<ImmutableArray<string>> RestoreAsync(ImmutableArray<Member> members, CancellationToken ct)
    {
        var configured = await ConfiguredAsync(ct);
        var changed = await Task.WhenAll(
            members.Select(m =>
                session.AskAsync(m, RestoreBudget, (c, inner) => RestoreAsync(m.Name, c, configured, inner), ct)
            )
        );
        return [.. changed.SelectMany(c => c)];
    }

    /// <summary>What the host has configured; else the server's default.</summary>
    internal static async ValueTask<string> ConfiguredAsync(IClusterHost host, string name, CancellationToken ct) =>
        await host.GetSettingAsync(name, ct) ?? Touched.First(t => t.Name == name).Default;

    /// <summary>The settings in question as the host has them configured; none where there is no host to say.</summary>
    public async Task<ImmutableArray<Setting>> ConfiguredAsync(CancellationToken ct)
    {
        if (session.Target is not IClusterHost host)
        {
            return [];
        }
        var configured = ImmutableArray.CreateBuilder<Setting>(Touched.Length);
        foreach (var (name, _) in Touched)
        {
            configured.Add(new Setting(name, await ConfiguredAsync(host, name, ct)));
        }
        return configured.MoveToImmutable();
    }

    /// <summary>What runs otherwise in a member than it is configured; a setting that its server lacks is no difference.</summary>
    /// <exception cref="OperationFailedException">The member does not say.</exception>
    public Task<ImmutableArray<SettingDifference>> DifferencesAsync(
        Member member,
        ImmutableArray<Setting> configured,
        CancellationToken ct
    ) => session.AskAsync(member, (connection, inner) => DifferencesAsync(connection, configured, inner), ct);

    private static async Task<ImmutableArray<SettingDifference>> DifferencesAsync(
        ValkeyConnection connection,
        ImmutableArray<Setting> configured,
        CancellationToken ct
    )
    {
        if (configured.IsEmpty)
        {
            return [];
        }
        var actual = await connection.ConfigGetAllAsync(configured.Select(c => c.Name), ct);
        return
        [
            .. configured
                .Where(c => actual.TryGetValue(c.Name, out var value) && value != c.Arguments)
                .Select(c => new SettingDifference(c.Name, actual[c.Name], c.Arguments)),
        ];
    }

    private static async Task<ImmutableArray<string>> RestoreAsync(
        string member,
        ValkeyConnection connection,
        ImmutableArray<Setting> configured,
        CancellationToken ct
    )
    {
        var differences = await DifferencesAsync(connection, configured, ct);
        if (differences.IsEmpty)
        {
            return [];
        }
        await connection.ConfigSetAllAsync(differences.Select(d => (d.Name, d.Wanted)), ct);
        if (await DifferencesAsync(connection, configured, ct) is [var stays, ..])
        {
            throw new OperationFailedException(
                $"{stays.Name} stays {stays.Actual}, {stays.Wanted} was configured",
                member,
                "CONFIG SET",
                next: "restart the member, or set it by hand"
            );
        }
        return [.. differences.Select(d => $"{member}: {d.Name} was {d.Actual}, is {d.Wanted} again")];
    }

    /// <summary>Servers before 8.0 don't have it: gossip is slower there, nothing else.</summary>
    private static async Task TrySetAsync(
        ValkeyConnection connection,
        string name,
        string value,
        CancellationToken ct
    ) => _ = await connection.SendAsync(RespCommand.Of("CONFIG", "SET", name, value), ct);
}
