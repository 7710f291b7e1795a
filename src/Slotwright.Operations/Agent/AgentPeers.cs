using System.Collections.Immutable;
using Slotwright.Core.Agent;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Agent;

/// <summary>The other members, asked over connections of their own: an agent seldom needs them.</summary>
internal sealed class AgentPeers(IAgentPlace place, Random random, TimeProvider time)
{
    private const int AtOnce = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Between two looks at all: of six members each look may be one, of a thousand one in ten seconds.</summary>
    private static readonly TimeSpan PerMember = TimeSpan.FromMilliseconds(10);

    private long? _asked;
    private int _count;

    /// <summary>Enough of them have been left alone for long enough to be asked again.</summary>
    public bool IsDue => _asked is not { } asked || time.GetElapsedTime(asked) >= PerMember * _count;

    /// <summary>
    /// What those that answer see: by the members' common name, and by the server's own view. Where the first few know of
    /// no formed cluster the others are not asked: hundreds of members that wait for their bootstrap would ask each other
    /// without end.
    /// </summary>
    public async Task<ImmutableArray<MemberSight>> LookAsync(OwnView own, CancellationToken ct)
    {
        var known = own.Nodes.Where(n => n.Id != Id(own)).Select(n => n.Address).OfType<NodeAddress>();
        var addresses = known.Concat(await place.MembersAsync(ct)).Distinct().ToArray();
        random.Shuffle(addresses);
        (_asked, _count) = (time.GetTimestamp(), addresses.Length);
        var few = await EachAsync(addresses.Take(AtOnce), SightAsync, ct);
        var sights = few.OfType<MemberSight>().Any(IsOfFormed)
            ? few.AddRange(await EachAsync(addresses.Skip(AtOnce), SightAsync, ct))
            : few;
        return [.. sights.OfType<MemberSight>().Where(s => s.Id != Id(own)).DistinctBy(s => s.Id)];
    }

    /// <summary>One question to one of them.</summary>
    /// <returns>Nothing where it does not answer, or not as it should.</returns>
    public Task<T?> AskAsync<T>(
        NodeAddress address,
        Func<ValkeyConnection, CancellationToken, Task<T>> question,
        CancellationToken ct
    ) => AskAsync(address, question, Patience, ct);

    /// <inheritdoc cref="AskAsync{T}(NodeAddress, Func{ValkeyConnection, CancellationToken, Task{T}}, CancellationToken)"/>
    public async Task<T?> AskAsync<T>(
        NodeAddress address,
        Func<ValkeyConnection, CancellationToken, Task<T>> question,
        TimeSpan patience,
        CancellationToken ct
    )
    {
        using var end = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, end.Token);
        try
        {
            await using var peer = await ValkeyConnection.OpenAsync(
                await place.DialAsync(address, time, either.Token),
                place.Credentials(),
                address.ToString(),
                either.Token
            );
            return await question(peer, either.Token);
        }
        catch (Exception e) when (e is OperationFailedException or IOException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return default;
        }
    }

    /// <summary>The same of each, so many at a time.</summary>
    public static async Task<ImmutableArray<TResult>> EachAsync<T, TResult>(
        IEnumerable<T> all,
        Func<T, CancellationToken, Task<TResult>> question,
        CancellationToken ct
    )
    {
        var results = ImmutableArray.CreateBuilder<TResult>();
        foreach (var some in all.Distinct().Chunk(AtOnce))
        {
            results.AddRange(await Task.WhenAll(some.Select(one => question(one, ct))));
        }
        return results.ToImmutable();
    }

    private Task<MemberSight?> SightAsync(NodeAddress address, CancellationToken ct) =>
        AskAsync<MemberSight?>(
            address,
            async (peer, inner) =>
            {
                var (nodes, info) = (peer.PeersAsync(inner), peer.ServerInfoAsync(inner));
                await Task.WhenAll(nodes, info);
                return new MemberSight(address, (await info).Zone, await nodes);
            },
            ct
        );

    private static bool IsOfFormed(MemberSight sight) =>
        SlotSet.Union(sight.Nodes.Select(n => n.Slots)).Count == HashSlot.Count;

    private static NodeId Id(OwnView own) => own.Nodes.Single(n => n.Flags.HasFlag(Core.Observing.PeerFlags.Myself)).Id;
}
