using System.Collections.Immutable;

namespace Slotwright.Operations.Running;

/// <summary>Several things at once, of which one that fails ends the others.</summary>
public static class Together
{
    /// <returns>Their results, in order.</returns>
    /// <exception cref="Exception">That of the first one that failed; all have ended then.</exception>
    public static async Task<ImmutableArray<T>> RunAsync<T>(
        IEnumerable<Func<CancellationToken, Task<T>>> actions,
        CancellationToken ct
    )
    {
        using var oneFailed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Exception? first = null;
        async Task<T?> RunOneAsync(Func<CancellationToken, Task<T>> action)
        {
            try
            {
                return await action(oneFailed.Token);
            }
            catch (Exception e)
            {
                if (Interlocked.CompareExchange(ref first, e, null) is null)
                {
                    await oneFailed.CancelAsync();
                }
                return default;
            }
        }
        var results = await Task.WhenAll(actions.Select(RunOneAsync));
        ct.ThrowIfCancellationRequested();
        if (first is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }
        return [.. results!];
    }
}
