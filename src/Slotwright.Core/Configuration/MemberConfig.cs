using System.Collections.Immutable;
using System.Net;

namespace Slotwright.Core.Configuration;

/// <summary>
/// Composes a member's valkey.conf: base settings, the user's directives as they were written (what comes later wins,
/// what may be repeated stays repeated), then what must hold.
/// </summary>
public static class MemberConfig
{
    private const string ShutdownOnSigterm = "shutdown-on-sigterm";

    private static readonly ImmutableArray<string> Passwords = ["requirepass", "primaryauth", "masterauth"];

    public static ComposedConfig Compose(IReadOnlyList<ConfigLine> user, MemberSettings member)
    {
        var must = MustHold(user, member);
        var named = user.Select(line => line.Name).ToHashSet(StringComparer.Ordinal);
        var kept = user.Where(line => must.Find(line.Name) is null && !IsPasswordOfOurs(line, member)).ToArray();
        string[] text =
        [
            "# Written by 'slotwright pod init' at every start of the pod: what is changed here is lost then.",
            "",
            "# base settings",
            .. BaseSettings
                .All.Lines.Where(line => !named.Contains(line.Name) && must.Find(line.Name) is null)
                .Select(line => $"{line}"),
            "",
            "# valkeyConfig",
            .. kept.Select(line => $"{line}"),
            "",
            "# what must hold",
            .. must.Lines.Select(line => $"{line}"),
            .. member.AuthFile is { } auth ? [$"{Setting.Text("include", auth)}"] : Array.Empty<string>(),
        ];
        return new ComposedConfig(
            string.Concat(text.Select(line => $"{line}\n")),
            [.. Overridden(user, must, member), .. WithoutEffect(kept, member.Version)]
        );
    }

    private static Settings MustHold(IReadOnlyList<ConfigLine> user, MemberSettings member)
    {
        var isLoopback = IPAddress.TryParse(member.Ip, out var ip) && IPAddress.IsLoopback(ip);
        var settings = Settings.Of(
            new("cluster-enabled", "yes"),
            Setting.Text("dir", member.DataFolder),
            Setting.Text("cluster-config-file", $"{member.DataFolder}/nodes.conf"),
            new("port", $"{member.ClientPort}"),
            new("cluster-port", $"{member.BusPort}"),
            new("cluster-announce-port", $"{member.ClientPort}"),
            new("cluster-announce-bus-port", $"{member.BusPort}"),
            Setting.Text("cluster-announce-hostname", member.Hostname),
            new("cluster-announce-ip", member.Ip),
            new("cluster-preferred-endpoint-type", "hostname"),
            // All of IPv4, and of IPv6 where the kernel has it; members on one machine share its ports.
            new("bind", isLoopback ? member.Ip : "* -::*"),
            new("protected-mode", "no"),
            new("daemonize", "no"),
            new("logfile", "\"\"")
        );
        if (isLoopback)
        {
            settings = settings.With(new Setting("bind-source-addr", member.Ip));
        }
        if (ServerFeatures.HasAvailabilityZone(member.Version) && member.Zone is { Length: > 0 } zone)
        {
            settings = settings.With(Setting.Text("availability-zone", zone));
        }
        if (ServerFeatures.HasShutdownFailover(member.Version))
        {
            settings = settings.With(new Setting(ShutdownOnSigterm, WithFailover(user)));
        }
        if (member.MaxMemory is { } bytes)
        {
            settings = settings.With(new Setting("maxmemory", $"{bytes}"));
        }
        return settings;
    }

    /// <summary>How the user wants a server to end, and that a primary hands over first.</summary>
    private static string WithFailover(IReadOnlyList<ConfigLine> user)
    {
        var words = (user.LastOrDefault(line => line.Name == ShutdownOnSigterm)?.Arguments ?? "")
            .Trim('"')
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.ToLowerInvariant())
            .Where(word => word is not ("default" or "failover"));
        return string.Join(' ', words.Append("failover"));
    }

    private static bool IsPasswordOfOurs(ConfigLine line, MemberSettings member) =>
        member.AuthFile is not null && Passwords.Contains(line.Name, StringComparer.Ordinal);

    private static IEnumerable<string> Overridden(IReadOnlyList<ConfigLine> user, Settings must, MemberSettings member)
    {
        foreach (var line in user)
        {
            if (IsPasswordOfOurs(line, member))
            {
                yield return $"valkeyConfig: {line.Name} is left out: the password is that of the release's Secret";
            }
            else if (Passwords.Contains(line.Name, StringComparer.Ordinal))
            {
                yield return $"valkeyConfig: the probes and Jobs don't know a password that stands here; enable auth and name the Secret by auth.existingSecret";
            }
            else if (must.Find(line.Name) is { } ours && ours != line.Arguments.Trim('"') && ours != line.Arguments)
            {
                yield return $"valkeyConfig: '{line}' is not followed: here it is '{line.Name} {ours}'{Why(line.Name)}";
            }
        }
    }

    private static string Why(string name) =>
        name switch
        {
            "maxmemory" => ", by maxmemoryPercent",
            "port" => ", by ports.client",
            "cluster-port" => ", by ports.bus",
            "availability-zone" => ", as the bootstrap Job found it",
            ShutdownOnSigterm => ", so that a primary that is told to end hands over first",
            _ => "",
        };

    private static IEnumerable<string> WithoutEffect(IEnumerable<ConfigLine> lines, Version version) =>
        lines
            .Where(line => ServerFeatures.IsWithoutEffect(line.Name, version))
            .Select(line =>
                $"valkeyConfig: {line.Name} is taken without effect by Valkey {version}; it can be left out"
            );
}
