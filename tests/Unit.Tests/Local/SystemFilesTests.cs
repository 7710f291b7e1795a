using System.Net;
using Slotwright.Local.Network;
using Slotwright.Local.Processes;

namespace Slotwright.Unit.Tests.Local;

public sealed class SystemFilesTests
{
    [Fact]
    public void A_process_whose_name_has_spaces_and_parentheses_is_read()
    {
        var stat = ProcessStat.Parse(
            "4711 (a) S (b) T 1 4711 4700 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 5 0 123456 99 1 18446744073709551615\n"
        );
        Assert.Equal(new ProcessStat(4711, "a) S (b", 'T', 4700, 5, 123456), stat);
        Assert.True(stat.IsPaused);
    }

    [Theory]
    [InlineData('S', 5, false)]
    [InlineData('T', 5, false)]
    [InlineData('Z', 1, true)]
    [InlineData('Z', 3, false)]
    [InlineData('X', 0, true)]
    public void A_zombie_with_threads_that_still_end_has_not_ended(char state, int threads, bool ended) =>
        Assert.Equal(ended, new ProcessStat(1, "x", state, 1, threads, 1).HasEnded);

    [Fact]
    public void Listening_sockets_are_read_with_their_addresses()
    {
        string[] v4 =
        [
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
            "   0: 0100007F:1CE8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1 0",
            "   1: 0100007F:1CE9 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 4243 1 0",
        ];
        string[] v6 =
        [
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
            "   0: 0000000000000000FFFF00000100007F:1CEA 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 4244 1 0",
            "   1: 00000000000000000000000000000000:1CEB 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 4245 1 0",
        ];
        Assert.Equal(new Listener(IPAddress.Loopback, 7400, 4242), Assert.Single(Listener.Parse(v4)));
        var six = Listener.Parse(v6).ToList();
        Assert.True(six[0].Takes(IPAddress.Loopback, 7402));
        Assert.False(six[0].Takes(IPAddress.Parse("127.0.0.2"), 7402));
        Assert.True(six[1].Takes(IPAddress.Loopback, 7403));
        Assert.False(six[1].Takes(IPAddress.Loopback, 7402));
    }

    [Fact]
    public void The_ephemeral_range_is_read() =>
        Assert.Equal(new PortRange(32768, 60999), PortRange.ParseEphemeral("32768\t60999\n"));
}
