namespace Slotwright.Local.Network;

/// <summary>Client ports of a cluster whose members share 127.0.0.1: one after the other from a base.</summary>
internal static class PortBlocks
{
    public const int BusOffset = 10_000;

    /// <summary>Ports below are for the superuser.</summary>
    public const int Lowest = 1024;

    private const int Default = 7400;
    private const int Step = 100;

    /// <summary>The highest base with which bus ports stay below the ephemeral range; may be below Lowest.</summary>
    public static int Highest(int members, PortRange ephemeral) =>
        Math.Min(ephemeral.First, 65536) - BusOffset - members;

    /// <summary>The first base whose client and bus ports are free, from 7400 in steps of 100; null for none.</summary>
    public static int? FirstFree(int members, PortRange ephemeral, Func<int, bool> isTaken)
    {
        for (var at = Default; at <= Highest(members, ephemeral); at += Step)
        {
            if (Ports(at, members).All(port => !isTaken(port)))
            {
                return at;
            }
        }
        return null;
    }

    /// <summary>Client ports, then bus ports.</summary>
    public static IEnumerable<int> Ports(int basePort, int members) =>
        Enumerable.Range(basePort, members).Concat(Enumerable.Range(basePort + BusOffset, members));
}
