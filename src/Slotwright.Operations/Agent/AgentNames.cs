using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Operations.Agent;

/// <summary>Where names lead, remembered for some seconds: a member that is away for days is looked up again and again.</summary>
internal sealed class AgentNames(IAgentPlace place, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, (NodeAddress? Address, long Asked)> _known = new(StringComparer.Ordinal);

    public async Task<ImmutableDictionary<string, NodeAddress>> AskAsync(
        ImmutableArray<string> names,
        CancellationToken ct
    )
    {
        var stale = names.Where(n =>
            !_known.TryGetValue(n, out var known) || time.GetElapsedTime(known.Asked) > Freshness
        );
        foreach (
            var (name, address) in await AgentPeers.EachAsync(
                stale,
                async (n, inner) => (n, await place.ResolveAsync(n, inner)),
                ct
            )
        )
        {
            _known[name] = (address, time.GetTimestamp());
        }
        return names
            .Where(n => _known[n].Address is not null)
            .ToImmutableDictionary(n => n, n => _known[n].Address!.Value, StringComparer.Ordinal);
    }
}
