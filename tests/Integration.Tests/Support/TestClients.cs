namespace Slotwright.Integration.Tests.Support;

/// <summary>Ordinary clients for tests. What a test names here, <c>tests/prepare</c> has installed before it runs.</summary>
public static class TestClients
{
    /// <summary>A python3 that can <c>import redis</c>; another may come first on PATH.</summary>
    public const string Python = "/usr/bin/python3";

    /// <summary>The shell, by its name on PATH.</summary>
    public const string Zsh = "zsh";

    /// <summary>The browser, which Playwright drives.</summary>
    public const string Chromium = "/usr/bin/chromium";

    /// <summary>The packet filter's program.</summary>
    public const string Nft = "/usr/sbin/nft";

    /// <summary>The value of NODE_PATH with which <c>node</c> finds ioredis.</summary>
    public static string NodeModules { get; } = Path.Combine(CacheFolder(), "test", "node", "node_modules");

    /// <summary>Prometheus' own judge of what it scrapes.</summary>
    public static string Promtool { get; } = Path.Combine(CacheFolder(), "test", "prometheus", "promtool");

    private static string CacheFolder()
    {
        string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } v ? v : null;
        return Variable("SLOTWRIGHT_CACHE")
            ?? Path.Combine(
                Variable("XDG_CACHE_HOME") ?? Path.Combine(Variable("HOME") ?? "/", ".cache"),
                "slotwright"
            );
    }
}
