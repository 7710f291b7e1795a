using Slotwright.Local.Fencing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Pod;

/// <summary>
/// A running server says which replication stream is its own; by that its next start can tell who has later data.
/// </summary>
internal static class KeptStreams
{
    /// <param name="info">INFO replication. A replica that has not come to its primary yet has a stream of nobody.</param>
    public static void Keep(PodPaths paths, RespValue info)
    {
        var server = new FieldBytes(info);
        if (server.Is("role"u8, "master"u8) || server.Is("master_link_status"u8, "up"u8))
        {
            StreamsFile.Note(paths.Streams, server.Text("master_replid2"u8), server.Text("master_replid"u8));
        }
    }
}
