namespace Slotwright.Core.Configuration;

/// <summary>
/// What every member is started with, before its user's valkeyConfig. Source: the guide's chart 0.1.0.
/// </summary>
public static class BaseSettings
{
    public static Settings All { get; } =
        Settings.Of(
            new("cluster-enabled", "yes"),
            new("cluster-node-timeout", "15000"),
            new("cluster-require-full-coverage", "no"),
            new("cluster-allow-reads-when-down", "no"),
            new("cluster-preferred-endpoint-type", "hostname"),
            new("protected-mode", "no"),
            new("tcp-keepalive", "300"),
            new("loglevel", "notice")
        );
}
