using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;

namespace Slotwright.Operations.Agent;

/// <summary>A replica as its primary's INFO has it: <c>slave0:ip=10.0.0.7,port=6379,state=online,offset=4711,lag=0</c>.</summary>
internal readonly record struct ReplicaLine(string Address, bool IsOnline, long Offset)
{
    public static IEnumerable<ReplicaLine> Of(ServerInfo server)
    {
        for (var i = 0; server.Fields.TryGetValue($"slave{i}", out var line); i++)
        {
            var fields = line.Split(',')
                .Select(f => f.Split('=', 2))
                .Where(f => f.Length == 2)
                .ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal);
            var port = Number(fields.GetValueOrDefault("port"));
            yield return new ReplicaLine(
                new NodeAddress(fields.GetValueOrDefault("ip", ""), (int)port).ToString(),
                fields.GetValueOrDefault("state") == "online",
                Number(fields.GetValueOrDefault("offset"))
            );
        }
    }

    private static long Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
