using System.Globalization;
using System.Text;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Bench.Upgrade;

/// <summary>Puts data into every shard that does not compress.</summary>
internal static class Filling
{
    private const int ValueBytes = 64 * 1024;
    private const int AtOnce = 32;

    /// <summary>How many keys that is.</summary>
    public static long Keys(long bytesPerShard) => (bytesPerShard + ValueBytes - 1) / ValueBytes;

    public static async Task RunAsync(ClusterSession session, long bytesPerShard, CancellationToken ct)
    {
        var topology = (await session.ObserveAsync(ct)).Topology;
        foreach (var shard in topology.Shards())
        {
            await FillAsync(session, topology.Members[shard.Primary.Member!], Tag(shard.Slots), bytesPerShard, ct);
        }
    }

    private static async Task FillAsync(
        ClusterSession session,
        Member primary,
        string tag,
        long bytes,
        CancellationToken ct
    )
    {
        var connection = await session.ConnectAsync(primary, ct);
        var random = new Random(1);
        var value = new byte[ValueBytes];
        for (long done = 0, key = 0; done < bytes; )
        {
            var sent = new List<Task<RespValue>>(AtOnce);
            for (var i = 0; i < AtOnce && done < bytes; i++, key++, done += ValueBytes)
            {
                random.NextBytes(value);
                var name = string.Create(CultureInfo.InvariantCulture, $"{{{tag}}}fill:{key}");
                sent.Add(connection.AskAsync(RespCommand.Of("SET", name, Convert.ToBase64String(value)), ct));
            }
            await Task.WhenAll(sent);
        }
    }

    private static string Tag(SlotSet slots)
    {
        for (var i = 0; ; i++)
        {
            var tag = i.ToString(CultureInfo.InvariantCulture);
            if (slots.Contains(HashSlot.Of(Encoding.UTF8.GetBytes(tag))))
            {
                return tag;
            }
        }
    }
}
