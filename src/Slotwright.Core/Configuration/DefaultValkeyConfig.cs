namespace Slotwright.Core.Configuration;

/// <summary>The valkeyConfig that applies where its user gives none. Source: the guide's chart 0.1.0.</summary>
public static class DefaultValkeyConfig
{
    /// <summary>As the given server version takes it.</summary>
    public static Settings For(Version version)
    {
        var settings = Settings.Of(
            new("maxmemory", "12gb"),
            new("maxmemory-policy", "noeviction"),
            new("appendonly", "yes"),
            new("appendfsync", "everysec"),
            new("auto-aof-rewrite-percentage", "100"),
            new("auto-aof-rewrite-min-size", "64mb"),
            new("save", "900 1 300 10 60 10000"),
            new("io-threads", "4"),
            new("repl-diskless-sync", "yes"),
            new("repl-diskless-sync-delay", "5"),
            new("slowlog-log-slower-than", "10000"),
            new("latency-monitor-threshold", "100")
        );
        return ServerFeatures.HasIoThreadsDoReads(version)
            ? settings.With(new Setting("io-threads-do-reads", "yes"))
            : settings;
    }
}
