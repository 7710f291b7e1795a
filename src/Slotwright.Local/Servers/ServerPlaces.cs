using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Local.State;

namespace Slotwright.Local.Servers;

/// <summary>Where servers are looked for on this machine.</summary>
/// <param name="SearchPath">The folders of PATH, in order.</param>
/// <param name="Cache">The folder of fetched servers, absolute: one folder a line (9.1) in it.</param>
public sealed record ServerPlaces(ImmutableArray<string> SearchPath, string Cache)
{
    /// <summary>
    /// PATH, and <c>${SLOTWRIGHT_CACHE:-${XDG_CACHE_HOME:-~/.cache}/slotwright}/valkey</c>.
    /// As the XDG specification says, a relative XDG_CACHE_HOME does not count.
    /// </summary>
    /// <exception cref="OperationFailedException">No variable says where the cache may be.</exception>
    public static ServerPlaces FromEnvironment(Func<string, string?> variable) =>
        new(
            [.. (variable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted)],
            Path.Combine(CacheRoot(variable), "valkey")
        );

    private static string CacheRoot(Func<string, string?> variable)
    {
        if (variable("SLOTWRIGHT_CACHE") is { Length: > 0 } own)
        {
            return Path.GetFullPath(own);
        }
        if (variable("XDG_CACHE_HOME") is { Length: > 0 } shared && Path.IsPathRooted(shared))
        {
            return Path.Combine(shared, "slotwright");
        }
        return UserHome.Find(variable) is { } home
            ? Path.Combine(home, ".cache", "slotwright")
            : throw new OperationFailedException(
                "there is no folder to keep Valkey in: neither SLOTWRIGHT_CACHE nor XDG_CACHE_HOME nor HOME is set",
                next: "set SLOTWRIGHT_CACHE to a folder that you may write"
            );
    }
}
