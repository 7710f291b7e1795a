using System.Globalization;

namespace Slotwright.Local.Network;

/// <summary>TCP ports, both ends included.</summary>
internal readonly record struct PortRange(int First, int Last)
{
    private const string EphemeralFile = "/proc/sys/net/ipv4/ip_local_port_range";

    /// <summary>Ports that the system gives to outgoing connections.</summary>
    public static PortRange ReadEphemeral() => ParseEphemeral(File.ReadAllText(EphemeralFile));

    public static PortRange ParseEphemeral(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new PortRange(
            int.Parse(words[0], CultureInfo.InvariantCulture),
            int.Parse(words[1], CultureInfo.InvariantCulture)
        );
    }

    public override string ToString() => $"{First}-{Last}";
}
