using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;

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

    /// <summary>Addresses for so many members that are not taken, from nextHost on and round.</summary>
    /// <exception cref="OperationFailedException">There are not so many left.</exception>
    public static (ImmutableArray<NodeAddress> Addresses, int NextHost) Take(
        string network,
        int count,
        int nextHost,
        Func<NodeAddress, bool> isTaken
    )
    {
        var taken = ImmutableArray.CreateBuilder<NodeAddress>(count);
        var host = nextHost;
        for (var tries = 0; tries < LastHost && taken.Count < count; tries++)
        {
            var address = new NodeAddress($"{network}.{host}", Port);
            host = host < LastHost ? host + 1 : 1;
            if (!isTaken(address))
            {
                taken.Add(address);
            }
        }
        return taken.Count == count
            ? (taken.MoveToImmutable(), host)
            : throw new OperationFailedException(
                $"{network}.0/24 has no {count} addresses left that nobody listens at",
                next: $"end what listens there: ss -ltnp src {network}.0/24"
            );
    }

    private static string Name(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"127.{1 + (index / 256)}.{index % 256}");
}
