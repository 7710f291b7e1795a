using System.CommandLine;
using Slotwright.Core.Failures;
using Slotwright.Local.Hosting;
using Slotwright.Local.Servers;
using Slotwright.Operations.Bootstrap;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright up</c>: a real cluster on this machine, from nothing or from where it stands.</summary>
internal static class UpCommand
{
    private static readonly Option<int?> Members = NumberArgument.Optional(
        "--members",
        "primaries and replicas in all (default: 6)",
        3,
        1000
    );
    private static readonly Option<int?> Replicas = NumberArgument.Optional(
        "--replicas-per-primary",
        "replicas of each shard (default: 1)",
        0,
        100
    );
    private static readonly Option<int?> Zones = NumberArgument.Optional(
        "--zones",
        "zones that the members are given in turn (default: 3)",
        1,
        26
    );
    private static readonly Option<int?> BasePort = NumberArgument.Any(
        "--base-port",
        "port of the first member (default: the first free block from 7400)"
    );

    private static readonly Option<bool?> OwnAddresses = new("--own-addresses")
    {
        Description = "each member gets a loopback address 127.x.y.z of its own, port 6379",
        Arity = ArgumentArity.Zero,
    };

    private static readonly Option<bool> Agents = new("--agents")
    {
        Description = "each member gets an agent, which mends what a running cluster can't and has metrics",
    };

    private static readonly Option<bool> UnreachableFailover = new("--unreachable-failover")
    {
        Description = "as --agents, and they also replace primaries that are cut off, which has its risk",
    };

    private static readonly Option<string> Valkey = new("--valkey")
    {
        Description = $"the server: a version, or a path (default: {ServerLocator.DefaultVersion})",
        HelpName = "VERSION|PATH",
    };

    public static Command Create(Wiring wiring)
    {
        var command = new Command(
            "up",
            "a real cluster on this machine: starts what does not run, forms what is not formed"
        )
        {
            Members,
            Replicas,
            Zones,
            BasePort,
            OwnAddresses,
            Agents,
            UnreachableFailover,
            Valkey,
        };
        command.SetAction((parsed, ct) => RunAsync(wiring, parsed, ct));
        return command;
    }

    private static async Task<int> RunAsync(Wiring wiring, ParseResult parsed, CancellationToken ct)
    {
        var targets = new TargetResolver(wiring);
        var spec = Spec(targets.LocalName(parsed, "up"), parsed, targets);
        LocalHost.Demand(spec);
        var host = targets.Local.Host(spec.Name);
        var started = await StartAsync(wiring, host, spec, parsed, ct);
        UpOutput.Started(wiring.Terminal, host.Name, started);
        host.ThrowIfPaused(started);
        host.ThrowIfHeldBack(started);
        await using var session = targets.Session(host, given: null);
        var report = await BootstrapCommand.RunAsync(wiring, session, new BootstrapOptions(), ct);
        var unreachable = parsed.GetValue(UnreachableFailover);
        var agents = await host.StartAgentsAsync(parsed.GetValue(Agents) || unreachable, unreachable, ct);
        UpOutput.Agents(wiring.Terminal, agents);
        var seed = report.After.Topology.Members.Values.MinBy(m => m.Ordinal)!.Address;
        var connect = new ConnectLine(seed, host.PasswordPath, host.ClientPath);
        UpOutput.Print(wiring.Terminal, CommonOptions.FormatOf(parsed), host.Name, connect, started, report);
        return ExitCode.Done;
    }

    private static async Task<StartReport> StartAsync(
        Wiring wiring,
        LocalHost host,
        LocalSpec spec,
        ParseResult parsed,
        CancellationToken ct
    )
    {
        var version = parsed.GetValue(Valkey);
        if (host.Exists)
        {
            var (wanted, path) = await WantedAsync(wiring, version, ct);
            var differences = host.Differences(spec, wanted);
            if (!differences.IsEmpty)
            {
                throw new BadInputException([.. differences]);
            }
            if (path is not null && path != host.Summary.Server)
            {
                UpOutput.KeepsServer(wiring.Terminal, host.Name, host.Summary.Server);
            }
            return await host.StartAsync(ct);
        }
        var server = await FindAsync(wiring, version ?? ServerLocator.DefaultVersion, ct);
        return await host.CreateAsync(spec, server, ct);
    }

    /// <summary>Nothing is fetched for a cluster that has its server.</summary>
    /// <returns>Path is null where no path was given.</returns>
    private static async Task<(WantedVersion? Version, string? Path)> WantedAsync(
        Wiring wiring,
        string? text,
        CancellationToken ct
    )
    {
        if (text is null)
        {
            return (null, null);
        }
        if (WantedVersion.TryParse(text, out var version))
        {
            return (version, null);
        }
        var given = await FindAsync(wiring, text, ct);
        return (WantedVersion.LineOf(given.Version), given.Path);
    }

    private static Task<ServerBinary> FindAsync(Wiring wiring, string version, CancellationToken ct) =>
        ServerLocator.OfThisMachine(wiring.Time).FindAsync(version, new TalkProgress(wiring.Terminal), ct);

    private static LocalSpec Spec(string name, ParseResult parsed, TargetResolver targets) =>
        new()
        {
            Name = name,
            Members = parsed.GetValue(Members),
            ReplicasPerPrimary = parsed.GetValue(Replicas),
            Zones = parsed.GetValue(Zones),
            BasePort = parsed.GetValue(BasePort),
            OwnAddresses = parsed.GetValue(OwnAddresses),
            Password = targets.GivenPassword(parsed)?.Password,
        };
}
