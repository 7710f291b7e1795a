using System.Collections.Concurrent;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Agent;

namespace Slotwright.Integration.Tests.Agents;

/// <summary>Agents of a local cluster's members, in this process: each looks when its turn comes, a second apart or less.</summary>
internal sealed class AgentCrew : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _log = new();
    private readonly List<(AgentLoop Loop, CancellationTokenSource End, Task Run)> _agents = [];

    public string Log => string.Join('\n', _log);

    public static async Task<AgentCrew> StartAsync(
        LocalHost host,
        Predicate<int>? which = null,
        bool withoutIdentityCheck = false
    )
    {
        var crew = new AgentCrew();
        foreach (var member in (await host.ListMembersAsync(default)).Where(m => which?.Invoke(m.Ordinal) ?? true))
        {
            crew.Start(host.AgentPlace(member.Name, out _), member.Name, withoutIdentityCheck);
        }
        return crew;
    }

    public AgentStatus StatusOf(string hostname) =>
        _agents.Select(a => a.Loop.Status).Last(s => s.Hostname.StartsWith(hostname + ".", StringComparison.Ordinal));

    public void Start(IAgentPlace place, string name, bool withoutIdentityCheck = false)
    {
        var loop = new AgentLoop(
            place,
            new Lines(name, _log),
            new Random(1),
            TimeProvider.System,
            withoutIdentityCheck
        );
        var end = new CancellationTokenSource();
        _agents.Add((loop, end, loop.RunAsync(end.Token)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (loop, end, run) in _agents)
        {
            await end.CancelAsync();
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await loop.DisposeAsync();
            end.Dispose();
        }
        _agents.Clear();
    }

    private sealed class Lines(string name, ConcurrentQueue<string> log) : IProgress<string>
    {
        public void Report(string value) =>
            log.Enqueue($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {name}: {value}");
    }
}
