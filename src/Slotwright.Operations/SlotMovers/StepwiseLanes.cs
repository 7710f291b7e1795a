using System.Collections.Concurrent;
using System.Collections.Immutable;
using Slotwright.Core.Failures;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// The connections that groups of slots are moved over. A server with replicas answers the SETSLOTs of one connection one
/// after the other, each once its replicas have it, and those of several together; one without does all of one connection
/// at once, and writes its nodes.conf only once. One group can be opened, one carried and one closed at the same time.
/// </summary>
internal sealed class StepwiseLanes : IAsyncDisposable
{
    /// <summary>To each end, where one of them has replicas.</summary>
    private const int MostSetters = 64;

    /// <summary>Connections to primaries that neither give nor take; where it would be more, gossip has to do.</summary>
    private const int MostTold = 64;

    private readonly ImmutableArray<SlotSetter> _setters;
    private readonly ImmutableArray<SlotCarrier> _carriers;

    private StepwiseLanes(ImmutableArray<SlotSetter> setters, ImmutableArray<SlotCarrier> carriers)
    {
        _setters = setters;
        _carriers = carriers;
    }

    /// <param name="together">Slots of a group, at most.</param>
    /// <exception cref="OperationFailedException">One end takes no connections, or not so many.</exception>
    public static async Task<StepwiseLanes> OpenAsync(
        MoveEnds ends,
        BlockBudget budget,
        int together,
        CancellationToken ct
    )
    {
        // while one waits to see that nothing is left of a slot, the server has the next call already
        var carriers = await OpenAllAsync(
            2 * ends.Moving.Pace.CallsAtOnce,
            () => SlotCarrier.OpenAsync(ends, budget, ct)
        );
        try
        {
            var count = ends.HaveReplicas ? Math.Min(MostSetters, together) : 1;
            var told = ToldPrimary.Find(ends);
            var isBearable = !ends.Moving.Pace.Overlaps && told.Length * count <= MostTold;
            var setters = await OpenAllAsync(count, () => SlotSetter.OpenAsync(ends, isBearable ? told : [], ct));
            return new StepwiseLanes(setters, carriers);
        }
        catch
        {
            await CloseAsync(carriers);
            throw;
        }
    }

    /// <inheritdoc cref="SlotSetter.OpenTakerAsync"/>
    public Task OpenTakerAsync(int[] slots) => OnSettersAsync(slots, static (s, share) => s.OpenTakerAsync(share));

    /// <inheritdoc cref="SlotSetter.OpenGiverAsync"/>
    public Task OpenGiverAsync(int[] slots) => OnSettersAsync(slots, static (s, share) => s.OpenGiverAsync(share));

    /// <summary>Brings their keys to the taker.</summary>
    /// <param name="seen">Their keys as they were seen first.</param>
    public Task CarryAsync(int[] slots, ImmutableSortedDictionary<int, ImmutableArray<SizedKey>> seen)
    {
        var queue = new ConcurrentQueue<int>(slots);
        return Task.WhenAll(_carriers.Select(c => c.CarryAsync(queue, seen)));
    }

    /// <inheritdoc cref="SlotSetter.HandAsync"/>
    public Task HandAsync(int[] slots) => OnSettersAsync(slots, static (s, share) => s.HandAsync(share));

    /// <inheritdoc cref="SlotSetter.CloseAsync"/>
    public Task CloseAsync(int[] slots) => OnSettersAsync(slots, static (s, share) => s.CloseAsync(share));

    /// <summary>The taker owns them, and all know it.</summary>
    public Task EndAsync(int[] slots) =>
        OnSettersAsync(
            slots,
            static async (setter, share) =>
            {
                await setter.HandAsync(share);
                await setter.CloseAsync(share);
            }
        );

    public async ValueTask DisposeAsync()
    {
        await CloseAsync(_setters);
        await CloseAsync(_carriers);
    }

    private Task OnSettersAsync(int[] slots, Func<SlotSetter, int[], Task> act)
    {
        var share = Math.Max(1, (slots.Length + _setters.Length - 1) / _setters.Length);
        return Task.WhenAll(slots.Chunk(share).Zip(_setters, (some, setter) => act(setter, some)));
    }

    private static async Task<ImmutableArray<T>> OpenAllAsync<T>(int count, Func<Task<T>> open)
        where T : IAsyncDisposable
    {
        var opening = Enumerable.Range(0, count).Select(_ => open()).ToArray();
        try
        {
            return [.. await Task.WhenAll(opening)];
        }
        catch
        {
            await CloseAsync(opening.Where(o => o.IsCompletedSuccessfully).Select(o => o.Result));
            throw;
        }
    }

    private static async Task CloseAsync<T>(IEnumerable<T> lanes)
        where T : IAsyncDisposable
    {
        foreach (var lane in lanes)
        {
            await lane.DisposeAsync();
        }
    }
}
