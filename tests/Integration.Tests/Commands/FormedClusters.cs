using System.Collections.Concurrent;

namespace Slotwright.Integration.Tests.Commands;

/// <summary>Formed clusters of six, one a version, that the tests of a class share; none of them may harm one.</summary>
public sealed class FormedClusters : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<FormedCluster>>> _clusters = new(StringComparer.Ordinal);

    internal Task<FormedCluster> OfAsync(string version) =>
        _clusters.GetOrAdd(version, v => new Lazy<Task<FormedCluster>>(() => FormedCluster.FormAsync(v))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in _clusters.Values.Select(c => c.Value).Where(c => c.IsCompletedSuccessfully))
        {
            await cluster.Result.Cluster.DisposeAsync();
        }
    }
}
