using System.Collections.Concurrent;
using System.Globalization;
using Slotwright.Core.Observing;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;

namespace Slotwright.Bench.Upgrade;

/// <summary>
/// Counts full copies over restarts: each server's own counters are looked at again and again, and the last that each
/// process said are added up.
/// </summary>
internal sealed class SyncMeter(ClusterSession session)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, long> _syncs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _before = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _sizes = new(StringComparer.Ordinal);

    public long FullSyncs => _syncs.Sum(s => s.Value - _before.GetValueOrDefault(s.Key));

    /// <summary>Bytes: of each full copy, what the server that sent it has in memory.</summary>
    public long Copied =>
        _syncs.Sum(s => (s.Value - _before.GetValueOrDefault(s.Key)) * _sizes.GetValueOrDefault(s.Key));

    /// <exception cref="InvalidOperationException">A server does not say what it has counted so far.</exception>
    public async Task BeginAsync(CancellationToken ct)
    {
        if (!await Wait.UntilAsync(async inner => await LookAsync(inner), Patience, session.Time, ct))
        {
            throw new InvalidOperationException(
                $"not all servers say within {Patience.TotalSeconds:0} s how often they were copied from"
            );
        }
        foreach (var (process, count) in _syncs)
        {
            _before[process] = count;
        }
    }

    /// <summary>Until it is told to end.</summary>
    public Task WatchAsync(CancellationToken end) =>
        Wait.UntilAsync(
            async _ =>
            {
                await LookAsync(CancellationToken.None);
                return end.IsCancellationRequested;
            },
            TimeSpan.FromHours(2),
            session.Time,
            CancellationToken.None
        );

    /// <returns>All have answered.</returns>
    private async Task<bool> LookAsync(CancellationToken ct)
    {
        var views = (await session.ObserveAsync(ct)).Views;
        foreach (var server in views.Select(v => v.Report?.Server).OfType<ServerInfo>())
        {
            if (
                server.Fields.TryGetValue("run_id", out var process)
                && server.Fields.TryGetValue("sync_full", out var count)
            )
            {
                _syncs[process] = long.Parse(count, CultureInfo.InvariantCulture);
                _sizes[process] = server.UsedMemory;
            }
        }
        return views.All(v => v.Report is not null);
    }
}
