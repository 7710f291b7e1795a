using System.Collections.Concurrent;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// Lets few calls at once to a server that they block, and leaves it alone for a while after each: the calls of all
/// pairs that it is part of.
/// </summary>
internal sealed class CallGates
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <param name="members">Both ends of the call.</param>
    /// <param name="bytes">About what it carries.</param>
    /// <param name="call">Says how long it kept the servers.</param>
    public async Task<TimeSpan> RunAsync(
        (string From, string To) members,
        MovePace pace,
        long bytes,
        Func<Task<TimeSpan>> call,
        TimeProvider time,
        CancellationToken ct
    )
    {
        // in one order, so that two calls never wait for each other
        var isFromFirst = string.CompareOrdinal(members.From, members.To) < 0;
        var (first, second) = isFromFirst ? (members.From, members.To) : (members.To, members.From);
        var (outer, inner) = (Gate(first, pace), Gate(second, pace));
        await outer.WaitAsync(ct);
        try
        {
            await inner.WaitAsync(ct);
            try
            {
                var took = await call();
                var rest = Rest(pace, bytes, took);
                if (rest > TimeSpan.Zero)
                {
                    await Task.Delay(rest, time, ct);
                }
                return took;
            }
            finally
            {
                inner.Release();
            }
        }
        finally
        {
            outer.Release();
        }
    }

    /// <summary>How long nothing more may be asked of the servers.</summary>
    internal static TimeSpan Rest(MovePace pace, long bytes, TimeSpan took)
    {
        var forClients = took * pace.Rest;
        var forBandwidth = pace.BytesPerSecond is { } bound
            ? TimeSpan.FromSeconds((double)bytes / bound) - took
            : TimeSpan.Zero;
        return forClients > forBandwidth ? forClients : forBandwidth;
    }

    private SemaphoreSlim Gate(string member, MovePace pace) =>
        _gates.GetOrAdd(member, static (_, count) => new SemaphoreSlim(count), pace.CallsAtOnce);
}
