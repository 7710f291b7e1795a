using System.Collections.Concurrent;
using Slotwright.Local.Servers;

namespace Slotwright.Integration.Tests.Support;

/// <summary>Real servers for tests, from PATH or the user's cache, fetched at first use.</summary>
public static class TestServers
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<ServerBinary>>> Found = new(StringComparer.Ordinal);

    /// <param name="version">One of <see cref="TestVersions"/>.</param>
    public static Task<ServerBinary> Of(string version) =>
        Found
            .GetOrAdd(
                version,
                v => new Lazy<Task<ServerBinary>>(() =>
                    ServerLocator.OfThisMachine(TimeProvider.System).FindAsync(v, new TestOutput(), default)
                )
            )
            .Value;
}
