using System.IO.Pipelines;

namespace Slotwright.Unit.Tests.Wire;

/// <summary>Two streams in memory: what one side writes the other reads.</summary>
internal static class DuplexPair
{
    public static (Stream Client, Stream Server) Create()
    {
        var up = new Pipe();
        var down = new Pipe();
        return (new DuplexStream(down.Reader, up.Writer), new DuplexStream(up.Reader, down.Writer));
    }
}
