using System.Collections.Concurrent;
using Slotwright.Local.Servers;

namespace Slotwright.Integration.Tests.Servers;

/// <summary>Two installs at once of each version into an empty cache, made at the first test that asks.</summary>
public sealed class FreshInstall : IAsyncDisposable
{
    private static readonly string[] Watched = ["/var/lib/dpkg/status", "/var/lib/apt/lists", "/var/cache/apt"];

    private readonly ConcurrentDictionary<string, Lazy<Task<Outcome>>> _outcomes = new(StringComparer.Ordinal);

    public TemporaryCache Cache { get; } = new();

    public Task<Outcome> Of(string version) =>
        _outcomes.GetOrAdd(version, v => new Lazy<Task<Outcome>>(() => InstallAsync(v))).Value;

    public ValueTask DisposeAsync() => Cache.DisposeAsync();

    private async Task<Outcome> InstallAsync(string version)
    {
        var before = Times();
        var said = new ConcurrentQueue<string>();
        var installs = Enumerable
            .Range(0, 2)
            .Select(_ => Task.Run(() => Cache.Locator.InstallAsync(version, new Talk(said), default)));
        var servers = await Task.WhenAll(installs);
        return new Outcome(servers[0], servers[1], [.. said], Times() == before);
    }

    private static string Times() => string.Join(' ', Watched.Select(p => $"{p} {File.GetLastWriteTimeUtc(p):O}"));

    /// <param name="SystemUntouched">apt's and dpkg's own state is as it was.</param>
    public sealed record Outcome(ServerBinary First, ServerBinary Second, string[] Said, bool SystemUntouched);

    private sealed class Talk(ConcurrentQueue<string> said) : IProgress<string>
    {
        public void Report(string value) => said.Enqueue(value);
    }
}
