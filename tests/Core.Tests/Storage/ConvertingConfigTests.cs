using Slotwright.Core.Configuration;
using Slotwright.Core.Storage;

namespace Slotwright.Core.Tests.Storage;

public sealed class ConvertingConfigTests
{
    [Fact]
    public void Nobody_can_reach_it_and_it_loads_what_the_member_would()
    {
        const string Member = """
            cluster-enabled yes
            cluster-databases 64
            port 6379
            bind * -::*
            requirepass secret
            user default off
            loadmodule /m.so a b
            rename-command SAVE ""
            rename-command FLUSHALL other
            maxmemory 1gb
            maxmemory-policy allkeys-lru
            appendonly no
            dir "/data"
            include "/data/conf/auth.conf"
            include /more.conf
            """;
        Assert.Equal(
            """
            loadmodule /m.so a b
            rename-command FLUSHALL other
            maxmemory-policy allkeys-lru
            dir "/data"
            include /more.conf
            port 0
            unixsocket /run/s
            unixsocketperm 700
            daemonize no
            supervised no
            logfile ""
            appendonly yes
            auto-aof-rewrite-percentage 0
            save ""
            maxmemory 0
            databases 64

            """,
            ConvertingConfig.Compose(ConfigText.Parse(Member), "/data/conf/auth.conf", "/run/s")
        );
    }
}
