using Slotwright.Local.Servers;

namespace Slotwright.Local.State;

/// <summary>The server that a cluster's members are to run.</summary>
internal sealed record ServerRecord(string Path, string Version)
{
    public static ServerRecord Of(ServerBinary binary) => new(binary.Path, binary.Version.ToString());
}
