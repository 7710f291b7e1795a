using System.Collections.Immutable;
using Slotwright.Core.Observing;
using Slotwright.Operations.Drills;

namespace Slotwright.Unit.Tests.Drills;

public sealed class MemoryCheckTests
{
    [Theory]
    [InlineData(0, 1_000_000, true)]
    [InlineData(2_000_000, 1_000_000, true)]
    [InlineData(2_000_000, 1_000_001, false)]
    [InlineData(500_000, 1, false)]
    public void Keys_must_fit_into_what_is_free_of_maxmemory(long maxMemory, long needed, bool fits)
    {
        var finding = MemoryCheck.Judge("m0", Info(used: 1_000_000, maxMemory), needed);

        Assert.Equal(fits, finding is null);
    }

    private static ServerInfo Info(long used, long maxMemory) =>
        new(
            "valkey",
            new Version(9, 1),
            "",
            IsPrimary: true,
            PrimaryLinkUp: false,
            SyncInProgress: false,
            Loading: false,
            Offset: 0,
            ConnectedReplicas: 0,
            ConnectedClients: 0,
            used,
            maxMemory,
            OpsPerSecond: 0,
            Keys: 0,
            TimeSpan.Zero,
            ImmutableDictionary<string, string>.Empty
        );
}
