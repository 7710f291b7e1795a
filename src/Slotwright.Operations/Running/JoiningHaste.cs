using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Observing;

namespace Slotwright.Operations.Running;

/// <summary>
/// While nodes join, all gossip more often. Where the program dies meanwhile, verify finds the settings, and the next
/// bootstrap or join puts them back.
/// </summary>
internal sealed class JoiningHaste(ClusterSession session) : IAsyncDisposable
{
    private static readonly TimeSpan CleanupBudget = TimeSpan.FromSeconds(5);

    private readonly FormingSettings _settings = new(session);
    private ImmutableArray<Member> _hastened = [];

    public static bool IsFor(Plan plan) => plan.Stages.SelectMany(s => s.Steps).OfType<Meet>().Any();

    /// <summary>Puts back what an attempt left that was cut off.</summary>
    public Task ClearAsync(Topology topology, CancellationToken ct) => _settings.RestoreAsync(Answering(topology), ct);

    public async Task BeginAsync(Plan plan, Topology topology, CancellationToken ct)
    {
        if (IsFor(plan))
        {
            _hastened = Answering(topology);
            await _settings.HastenAsync(_hastened, ct);
        }
    }

    /// <exception cref="OperationFailedException">A member does not put its settings back.</exception>
    public async Task EndAsync(CancellationToken ct)
    {
        var hastened = _hastened;
        _hastened = [];
        if (!hastened.IsEmpty)
        {
            await _settings.RestoreAsync(hastened, ct);
        }
    }

    private static ImmutableArray<Member> Answering(Topology topology) =>
        [
            .. topology
                .Nodes.Where(n => n is { Reachable: true, Member: not null })
                .Select(n => topology.Members.GetValueOrDefault(n.Member!))
                .OfType<Member>(),
        ];

    /// <summary>What failed before is what counts.</summary>
    public async ValueTask DisposeAsync()
    {
        using var cleanup = new CancellationTokenSource(CleanupBudget, session.Time);
        try
        {
            await EndAsync(cleanup.Token);
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException) { }
    }
}
