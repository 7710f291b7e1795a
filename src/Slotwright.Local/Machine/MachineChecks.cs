using System.Collections.Immutable;
using System.Net;
using Slotwright.Core.Health;
using Slotwright.Local.Network;
using Slotwright.Local.Servers;

namespace Slotwright.Local.Machine;

/// <summary>Whether a cluster runs well on this machine, judged from its facts alone.</summary>
internal static class MachineChecks
{
    /// <summary>maxclients 10000 and the 32 files that a server keeps for itself.</summary>
    public const int WantedFiles = 10_032;

    /// <summary>tcp-backlog of a server that is not told otherwise.</summary>
    public const int WantedBacklog = 511;

    private const long MiB = 1024 * 1024;
    private const int Members = 6;
    private const int DefaultBase = 7400;

    public static ImmutableArray<Finding> Run(MachineFacts facts, ImmutableArray<ServerListing> servers) =>
        [
            Servers(facts, servers),
            OpenFiles(facts.OpenFiles),
            Ports(facts),
            Cores(facts.Cores),
            Memory(facts),
            Swap(facts),
            Overcommit(facts.Overcommit),
            HugePages(facts.HugePages),
            Backlog(facts.Backlog),
            Disk(facts),
        ];

    private static Finding Servers(MachineFacts facts, ImmutableArray<ServerListing> servers)
    {
        const string Code = "valkey-server";
        var here = servers
            .Where(s => s.Path is not null)
            .Select(s => s.Version)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        if (here.Length > 0)
        {
            return Ok(Code, $"Valkey {string.Join(", ", here)} {(here.Length == 1 ? "is" : "are")} here");
        }
        return facts.IsDebian
            ? Ok(Code, "no Valkey is here yet; slotwright up fetches it from Debian's archive")
            : Failed(
                Code,
                $"there is no valkey-server on PATH, and {facts.System ?? "this system"} is not Debian",
                "Valkey is fetched from Debian's archive only",
                "install Valkey 8.0 or later with the system's packages, or name one: slotwright up --valkey PATH"
            );
    }

    private static Finding OpenFiles(long? limit) =>
        limit switch
        {
            null => Unknown("open-files", "the limit of open files can't be read (/proc/self/limits)"),
            >= WantedFiles => Ok(
                "open-files",
                limit == long.MaxValue ? "open files are not limited" : $"a process may open {limit} files"
            ),
            _ => Warning(
                "open-files",
                $"a process may open {limit} files",
                $"a server wants {WantedFiles} for 10000 clients; it takes fewer clients instead",
                $"raise the hard limit: ulimit -Hn {WantedFiles * 2} as root, or nofile in /etc/security/limits.conf"
            ),
        };

    private static Finding Ports(MachineFacts facts)
    {
        const string Code = "ports";
        if (facts.Ephemeral is not { } ephemeral)
        {
            return Unknown(Code, "the range of ephemeral ports can't be read (net.ipv4.ip_local_port_range)");
        }
        if (PortBlocks.Highest(Members, ephemeral) < DefaultBase)
        {
            return Failed(
                Code,
                $"outgoing connections are given the ports {ephemeral}",
                $"they take the ports of the cluster bus (client port + {PortBlocks.BusOffset}) away by chance",
                "sysctl -w net.ipv4.ip_local_port_range='32768 60999', or slotwright up --own-addresses"
            );
        }
        var first = PortBlocks.FirstFree(
            Members,
            ephemeral,
            port => facts.Listeners.Any(l => l.Takes(IPAddress.Loopback, port))
        );
        return first switch
        {
            null => Failed(
                Code,
                $"from {DefaultBase} on there are no {Members} free ports with free bus ports below {ephemeral.First}",
                "members on one address need ports of their own",
                "slotwright up --own-addresses gives each member an address instead"
            ),
            DefaultBase => Ok(Code, $"ports {Block(DefaultBase)} are free, their bus ports too"),
            { } other => Ok(Code, $"ports {Block(DefaultBase)} are in use; the next cluster gets {Block(other)}"),
        };
    }

    private static Finding Cores(int cores) =>
        cores > 1
            ? Ok("cores", $"{cores} cores")
            : Warning(
                "cores",
                "1 core",
                "all members share it: a busy one can make the others look dead",
                "use a machine with 2 or more, or expect slow rehearsals"
            );

    private static Finding Memory(MachineFacts facts) =>
        (facts.Memory, facts.FreeMemory) switch
        {
            (null, _) or (_, null) => Unknown("memory", "the memory can't be read (/proc/meminfo)"),
            ({ } all, { } free) when Math.Min(all, free) < 512 * MiB => Warning(
                "memory",
                $"{Size(Math.Min(all, free))} of {Size(all)} memory can be had",
                "members that fill up, or copy themselves to a replica, will be ended by the kernel",
                "end other programs, or bring up fewer members"
            ),
            ({ } all, { } free) => Ok("memory", $"{Size(Math.Min(all, free))} of {Size(all)} memory can be had"),
        };

    private static Finding Swap(MachineFacts facts) =>
        (facts.Swap, facts.UsedSwap) switch
        {
            (null, _) or (_, null) => Unknown("swap", "the swap space can't be read (/proc/meminfo)"),
            (0, _) => Ok("swap", "no swap space"),
            ({ } all, { } used) when used > all / 5 => Warning(
                "swap",
                $"{Size(used)} of {Size(all)} swap space is in use",
                "a server with a part of its memory on disk stands still while it is read back",
                "end other programs, then sysctl -w vm.swappiness=1"
            ),
            ({ } all, { } used) => Ok("swap", $"{Size(used)} of {Size(all)} swap space is in use"),
        };

    private static Finding Overcommit(int? value) =>
        value switch
        {
            null => Unknown("overcommit-memory", "vm.overcommit_memory can't be read"),
            1 => Ok("overcommit-memory", "vm.overcommit_memory is 1"),
            _ => Warning(
                "overcommit-memory",
                $"vm.overcommit_memory is {value}",
                "saving and copying to a replica fork the server, which can fail though there is memory for it",
                "sysctl -w vm.overcommit_memory=1, and in /etc/sysctl.d to keep it"
            ),
        };

    private static Finding HugePages(string? value) =>
        value switch
        {
            null => Unknown("transparent-hugepages", "the setting of transparent huge pages can't be read"),
            "" => Ok("transparent-hugepages", "the kernel has no transparent huge pages"),
            "always" => Ok(
                "transparent-hugepages",
                "transparent huge pages are on for all programs; Valkey turns them off for itself"
            ),
            _ => Ok("transparent-hugepages", $"transparent huge pages: {value}"),
        };

    private static Finding Backlog(int? value) =>
        value switch
        {
            null => Unknown("somaxconn", "net.core.somaxconn can't be read"),
            >= WantedBacklog => Ok("somaxconn", $"net.core.somaxconn is {value}"),
            _ => Warning(
                "somaxconn",
                $"net.core.somaxconn is {value}",
                $"a server wants a queue of {WantedBacklog} (tcp-backlog); clients that come all at once are turned away",
                "sysctl -w net.core.somaxconn=4096, and in /etc/sysctl.d to keep it"
            ),
        };

    private static Finding Disk(MachineFacts facts)
    {
        const string Code = "disk";
        const string Why = "a server that can't save refuses writes, and one that can't write its nodes.conf ends";
        const string Remedy = "make room, or set SLOTWRIGHT_HOME to a folder on another disk";
        return facts.FreeDisk switch
        {
            null => Unknown(Code, $"the free space of {facts.StateFolder} can't be read"),
            < 100 * MiB => Failed(Code, $"{Size(facts.FreeDisk.Value)} are free for {facts.StateFolder}", Why, Remedy),
            < 1024 * MiB => Warning(
                Code,
                $"{Size(facts.FreeDisk.Value)} are free for {facts.StateFolder}",
                Why,
                Remedy
            ),
            { } free => Ok(Code, $"{Size(free)} are free for {facts.StateFolder}"),
        };
    }

    private static string Block(int first) => $"{first}-{first + Members - 1}";

    private static string Size(long bytes) =>
        bytes >= 10 * 1024 * MiB ? $"{bytes / (1024 * MiB)} GiB"
        : bytes >= 1024 * MiB ? $"{bytes / (1024.0 * MiB):0.0} GiB"
        : $"{bytes / MiB} MiB";

    private static Finding Ok(string code, string what) => new(code, Verdict.Ok, "machine", what, "", "");

    private static Finding Warning(string code, string what, string why, string remedy) =>
        new(code, Verdict.Warning, "machine", what, why, remedy);

    private static Finding Failed(string code, string what, string why, string remedy) =>
        new(code, Verdict.Failed, "machine", what, why, remedy);

    private static Finding Unknown(string code, string what) =>
        new(code, Verdict.Unknown, "machine", what, "it may be wrong", "run it where /proc and /sys can be read");
}
