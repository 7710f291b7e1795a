using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Local.Network;

namespace Slotwright.Local.Machine;

/// <summary>Reads what the kernel says below /proc and /sys.</summary>
/// <param name="root">/, or a folder that stands for it.</param>
internal sealed class MachineReader(string root)
{
    private const long KiB = 1024;

    /// <param name="stateFolder">Need not exist yet.</param>
    public MachineFacts Read(string stateFolder)
    {
        var release = Fields("etc/os-release", '=');
        var memory = Fields("proc/meminfo", ':');
        var swap = Kilobytes(memory, "SwapTotal");
        return new MachineFacts(
            release.GetValueOrDefault("PRETTY_NAME")?.Trim('"'),
            release.GetValueOrDefault("ID")?.Trim('"') == "debian",
            Environment.ProcessorCount,
            Least(Kilobytes(memory, "MemTotal"), ControlGroupLimit()),
            Kilobytes(memory, "MemAvailable"),
            swap,
            swap - Kilobytes(memory, "SwapFree"),
            OpenFiles(),
            HugePages(),
            Number("proc/sys/vm/overcommit_memory"),
            Number("proc/sys/net/core/somaxconn"),
            Text("proc/sys/net/ipv4/ip_local_port_range") is { } range ? PortRange.ParseEphemeral(range) : null,
            [.. Listeners("proc/net/tcp"), .. Listeners("proc/net/tcp6")],
            stateFolder,
            FreeDisk(stateFolder)
        );
    }

    private long? OpenFiles()
    {
        const string Name = "Max open files";
        var line = (Text("proc/self/limits") ?? "")
            .Split('\n')
            .FirstOrDefault(l => l.StartsWith(Name, StringComparison.Ordinal));
        return line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [_, "unlimited", ..] => long.MaxValue,
            [_, var hard, ..] => Number<long>(hard),
            _ => null,
        };
    }

    /// <summary>The word in brackets: always [madvise] never.</summary>
    private string? HugePages()
    {
        if (!Directory.Exists(At("sys/kernel/mm")))
        {
            return null;
        }
        var text = Text("sys/kernel/mm/transparent_hugepage/enabled") ?? "[]";
        return text.IndexOf('[') is >= 0 and var open && text.IndexOf(']', open) is >= 0 and var close
            ? text[(open + 1)..close]
            : null;
    }

    private long? ControlGroupLimit() =>
        Number<long>(Text("sys/fs/cgroup/memory.max"))
        ?? Number<long>(Text("sys/fs/cgroup/memory/memory.limit_in_bytes"));

    private IEnumerable<Listener> Listeners(string path) => Listener.Parse((Text(path) ?? "").Split('\n'));

    /// <summary>Of the disk of the nearest folder that exists.</summary>
    private static long? FreeDisk(string folder)
    {
        for (var path = folder; path is not null; path = Path.GetDirectoryName(path))
        {
            if (Directory.Exists(path))
            {
                try
                {
                    return new DriveInfo(path).AvailableFreeSpace;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    return null;
                }
            }
        }
        return null;
    }

    private static long? Kilobytes(ImmutableDictionary<string, string> fields, string name) =>
        fields.GetValueOrDefault(name) is { } value && value.EndsWith(" kB", StringComparison.Ordinal)
            ? Number<long>(value[..^3]) * KiB
            : null;

    private ImmutableDictionary<string, string> Fields(string path, char mark)
    {
        var fields = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var line in (Text(path) ?? "").Split('\n'))
        {
            if (line.IndexOf(mark) is > 0 and var at)
            {
                fields[line[..at].Trim()] = line[(at + 1)..].Trim();
            }
        }
        return fields.ToImmutable();
    }

    private int? Number(string path) => Number<int>(Text(path));

    private static T? Number<T>(string? text)
        where T : struct, System.Numerics.INumber<T> =>
        T.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long? Least(long? one, long? other) =>
        one is null ? other
        : other is null ? one
        : Math.Min(one.Value, other.Value);

    private string At(string path) => Path.Combine(root, path);

    private string? Text(string path)
    {
        try
        {
            return File.ReadAllText(At(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
