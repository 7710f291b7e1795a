using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Slotwright.Core.Cluster;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.SlotMovers;

/// <summary>MIGRATE with several keys: both servers are kept from their clients until all have arrived.</summary>
internal static class MigrateCommand
{
    /// <param name="to">Where the giver finds the taker.</param>
    /// <param name="timeout">How long the servers wait for each other.</param>
    /// <param name="replaces">A key that the taker has by the same name is overwritten; else it is refused, and the others go.</param>
    public static RespCommand Of(
        NodeAddress to,
        Credentials? credentials,
        ImmutableArray<SizedKey> keys,
        TimeSpan timeout,
        bool replaces
    )
    {
        var words = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        Add("MIGRATE");
        Add(to.Host);
        Add(to.Port.ToString(CultureInfo.InvariantCulture));
        Add("");
        Add("0");
        Add(((long)timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        if (replaces)
        {
            Add("REPLACE");
        }
        if (credentials is { User: { } user })
        {
            Add("AUTH2");
            Add(user);
            Add(credentials.Password);
        }
        else if (credentials is not null)
        {
            Add("AUTH");
            Add(credentials.Password);
        }
        Add("KEYS");
        words.AddRange(keys.Select(k => k.Key));
        return new RespCommand(words.DrainToImmutable());

        void Add(string word) => words.Add(Encoding.UTF8.GetBytes(word));
    }
}
