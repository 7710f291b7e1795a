using System.Collections.Immutable;
using System.Globalization;
using System.Net;

namespace Slotwright.Local.Network;

/// <summary>A TCP socket that listens.</summary>
/// <param name="Inode">Names the socket among the open files of the process that has it.</param>
internal sealed record Listener(IPAddress Address, int Port, long Inode)
{
    private const string ListenState = "0A";

    public static ImmutableArray<Listener> ReadAll() => [.. Read("/proc/net/tcp"), .. Read("/proc/net/tcp6")];

    /// <summary>
    /// Takes the text of /proc/net/tcp or tcp6: words of an address are in the machine's byte order. The kernel lists
    /// sockets that listen before all others, of which there may be very many: these are not read.
    /// </summary>
    public static IEnumerable<Listener> Parse(IEnumerable<string> lines)
    {
        foreach (var line in lines.Skip(1))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length <= 9 || !string.Equals(words[3], ListenState, StringComparison.Ordinal))
            {
                yield break;
            }
            var colon = words[1].IndexOf(':', StringComparison.Ordinal);
            yield return new Listener(
                ParseAddress(words[1][..colon]),
                int.Parse(words[1].AsSpan(colon + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                long.Parse(words[9], CultureInfo.InvariantCulture)
            );
        }
    }

    /// <summary>Nobody else can listen at this address and port.</summary>
    public bool Takes(IPAddress address, int port) =>
        Port == port && (IsAny(Address) || Address.Equals(address) || MappedEquals(address));

    private bool MappedEquals(IPAddress address) => Address.IsIPv4MappedToIPv6 && Address.MapToIPv4().Equals(address);

    private static bool IsAny(IPAddress address) =>
        address.Equals(IPAddress.Any)
        || address.Equals(IPAddress.IPv6Any)
        || (address.IsIPv4MappedToIPv6 && address.MapToIPv4().Equals(IPAddress.Any));

    private static IEnumerable<Listener> Read(string path) => File.Exists(path) ? Parse(File.ReadLines(path)) : [];

    private static IPAddress ParseAddress(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        for (var word = 0; word < bytes.Length; word += 4)
        {
            bytes.AsSpan(word, 4).Reverse();
        }
        return new IPAddress(bytes);
    }
}
