using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Local.Network;

namespace Slotwright.Local.Hosting;

/// <summary>What is wrong with a spec: all of it at once.</summary>
internal static class LocalSpecRules
{
    private const int MostMembers = ClusterShape.MostMembers;
    private const int LongestName = 40;
    private const int LongestPassword = 512;
    private const int LeastPrimaries = 3;
    private const int MostZones = 26;

    public static ImmutableArray<Problem> Problems(LocalSpec spec, PortRange ephemeral) =>
        [
            .. Name(spec.Name),
            .. Shape(spec),
            .. Zones(spec),
            .. Ports(spec, ephemeral),
            .. Settings(spec),
            .. Password(spec),
        ];

    public static IEnumerable<Problem> Name(string name)
    {
        if (
            name.Length is 0 or > LongestName
            || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            || name.StartsWith('-')
            || name.EndsWith('-')
        )
        {
            yield return new Problem(
                "--name",
                $"'{name}' can't name a cluster",
                $"use 1 to {LongestName} lower-case letters, digits and dashes, with no dash at an end"
            );
        }
    }

    private static IEnumerable<Problem> Shape(LocalSpec spec)
    {
        var (members, replicas) = (spec.MembersOrDefault, spec.ReplicasOrDefault);
        var isReplicasWrong = replicas is < 0 or >= MostMembers;
        if (isReplicasWrong)
        {
            yield return new Problem(
                "--replicas-per-primary",
                $"{replicas} replicas can't be had",
                $"use 0 to {(MostMembers / LeastPrimaries) - 1}"
            );
        }
        var most = spec.OwnAddresses == true ? LoopbackNetworks.MostMembers : MostMembers;
        if (members < 1 || members > most)
        {
            yield return new Problem(
                "--members",
                $"{members} members can't be had",
                spec.OwnAddresses == true
                    ? $"use 3 to {most}: that many have addresses of their own, now and after a restart"
                    : $"use 3 to {most}"
            );
        }
        else if (!isReplicasWrong)
        {
            foreach (var problem in Primaries(members, replicas))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<Problem> Primaries(int members, int replicas)
    {
        var shard = replicas + 1;
        var primaries = members / shard;
        if (members % shard != 0)
        {
            var (less, more) = (primaries * shard, (primaries + 1) * shard);
            yield return new Problem(
                "--members",
                $"{members} members do not make whole shards of 1 primary and {replicas} replica{(replicas == 1 ? "" : "s")}",
                $"use {(primaries >= LeastPrimaries ? $"{less} or " : "")}{Math.Max(more, LeastPrimaries * shard)}"
            );
        }
        else if (primaries < LeastPrimaries)
        {
            yield return new Problem(
                "--members",
                $"{members} members with {replicas} replica{(replicas == 1 ? "" : "s")} for each primary make {primaries} {(primaries == 1 ? "primary" : "primaries")}; Valkey needs {LeastPrimaries}: "
                    + "a majority of primaries has to agree that one has failed, and of fewer none is left",
                $"use at least {LeastPrimaries * shard}"
            );
        }
    }

    private static IEnumerable<Problem> Zones(LocalSpec spec)
    {
        var zones = spec.ZonesOrDefault;
        var members = spec.MembersOrDefault;
        var most = Math.Min(MostZones, Math.Max(members, 1));
        if (zones < 1 || zones > most)
        {
            yield return new Problem("--zones", $"{members} members can't be in {zones} zones", $"use 1 to {most}");
        }
    }

    private static IEnumerable<Problem> Ports(LocalSpec spec, PortRange ephemeral)
    {
        if (spec.OwnAddresses == true)
        {
            if (spec.BasePort is not null)
            {
                yield return new Problem(
                    "--base-port",
                    $"with --own-addresses every member has port {LoopbackNetworks.Port}",
                    "leave one of the two out"
                );
            }
            yield break;
        }
        var highest = PortBlocks.Highest(Math.Clamp(spec.MembersOrDefault, 1, MostMembers), ephemeral);
        var isCramped = highest < PortBlocks.Lowest;
        if (isCramped)
        {
            yield return new Problem(
                "--base-port",
                $"this machine gives the ports {ephemeral} to outgoing connections, which leaves none for the cluster bus (client port + {PortBlocks.BusOffset})",
                "use --own-addresses, or set the kernel's own range: sysctl net.ipv4.ip_local_port_range='32768 60999'"
            );
        }
        else if (spec.BasePort is { } port && (port < PortBlocks.Lowest || port > highest))
        {
            yield return new Problem(
                "--base-port",
                $"{port} can't be used: ports below {PortBlocks.Lowest} are the superuser's, and bus ports (client port + {PortBlocks.BusOffset}) from {ephemeral.First} on are given to outgoing connections",
                $"use {PortBlocks.Lowest} to {highest}"
            );
        }
    }

    private static IEnumerable<Problem> Settings(LocalSpec spec)
    {
        foreach (var (name, arguments) in spec.Settings)
        {
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            {
                yield return new Problem("valkeyConfig", $"'{name}' can't name a setting", "use a name of valkey.conf");
            }
            else if (arguments.AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                yield return new Problem($"valkeyConfig {name}", "its value has more than one line", "use one line");
            }
            else if (LocalSettings.IsOurs(name))
            {
                yield return new Problem($"valkeyConfig {name}", "is set by slotwright itself", "leave it out");
            }
        }
    }

    private static IEnumerable<Problem> Password(LocalSpec spec)
    {
        if (spec.PasswordOrNull is { } password && !IsUsable(password))
        {
            yield return new Problem(
                "--password-file",
                "what it holds can't be used as a password",
                $"it must hold one line of 1 to {LongestPassword} characters"
            );
        }
    }

    private static bool IsUsable(string password) =>
        password.Length is > 0 and <= LongestPassword && !password.Any(char.IsControl);
}
