using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Slotwright.Core.Cluster;

namespace Slotwright.Local.Network;

/// <summary>Addresses 127.x.y.1 to .254 of a cluster whose members have addresses of their own.</summary>
internal static class LoopbackNetworks
{
    public const int Port = 6379;

    /// <summary>Half of the addresses of a network: after a restart all members may have others.</summary>
    public const int MostMembers = LastHost / 2;

    private const int LastHost = 254;
    private const int Networks = 254 * 256;

    /// <summary>
    /// A network that is not taken. Where the search begins depends on the seed, so that users who do not know of
    /// each other rarely meet.
    /// </summary>
    /// <returns><c>127.x.y</c> with x of 1 to 254; null where all are taken.</returns>
    public static string? FirstFree(string seed, Func<string, bool> isTaken)
    {
        var start = BitConverter.ToUInt16(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));
        return Enumerable.Range(0, Networks).Select(i => Name((start + i) % Networks)).FirstOrDefault(n => !isTaken(n));
    }

    /// <summary>Addresses for so many members that none in use has, from nextHost on and round.</summary>
    public static (ImmutableArray<NodeAddress> Addresses, int NextHost) Take(
        string network,
        int count,
        int nextHost,
        IReadOnlySet<NodeAddress> used
    )
    {
        var taken = ImmutableArray.CreateBuilder<NodeAddress>(count);
        var host = nextHost;
        while (taken.Count < count)
        {
            var address = new NodeAddress($"{network}.{host}", Port);
            host = host < LastHost ? host + 1 : 1;
            if (!used.Contains(address))
            {
                taken.Add(address);
            }
        }
        return (taken.MoveToImmutable(), host);
    }

    private static string Name(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"127.{1 + (index / 256)}.{index % 256}");
}
