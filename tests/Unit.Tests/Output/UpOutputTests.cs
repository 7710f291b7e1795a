using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning;
using Slotwright.Core.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Bootstrap;
using Slotwright.Output;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.Output;

/// <summary>What up, bootstrap and down say of what they did.</summary>
public sealed class UpOutputTests
{
    private static readonly ImmutableArray<string> All = [.. Enumerable.Range(0, 6).Select(i => $"m-{i}")];
    private static readonly BootstrapReport Nothing = new(
        new Plan("bootstrap", [], []),
        Applied: true,
        Restored: [],
        Clusters.Healthy,
        TimeSpan.FromSeconds(1.2345)
    );

    private static readonly ConnectLine Connect = new(
        new NodeAddress("127.7.7.1", 6379),
        "/home/me/.local/state/slotwright/local/m/password",
        "/opt/valkey/bin/valkey-cli"
    );

    [Theory]
    [InlineData(Format.Text, "up.txt")]
    [InlineData(Format.Json, "up.json")]
    public void Up_ends_with_how_to_connect(Enum format, string name)
    {
        var terminal = new FakeTerminal();
        UpOutput.Print(terminal.Terminal, (Format)format, "local:m", Connect, new StartReport(All, [], []), Nothing);
        Golden.Check($"up/{name}", terminal.Output);
    }

    [Fact]
    public void The_line_to_connect_can_be_pasted_into_a_shell_whatever_the_folder_is_called() =>
        Assert.Equal(
            @"REDISCLI_AUTH=$(cat '/it'\''s here/password') valkey-cli -c -h 127.7.7.1 -p 6379",
            (Connect with { PasswordFile = "/it's here/password", Client = null }).ToString()
        );

    [Theory]
    [InlineData(6, 0, 0, "local:m: 6 members started\n")]
    [InlineData(0, 6, 0, "local:m exists, all 6 members run\n")]
    [InlineData(1, 5, 0, "local:m exists; started m-0\n")]
    [InlineData(0, 6, 1, "local:m exists, 5 of 6 members run\n")]
    public void Who_was_started_is_talk(int started, int running, int paused, string text)
    {
        var terminal = new FakeTerminal();
        UpOutput.Started(
            terminal.Terminal,
            "local:m",
            new StartReport([.. All.Take(started)], [.. All.Skip(started).Take(running)], [.. All.TakeLast(paused)])
        );
        Assert.Equal(("", text), (terminal.Output, terminal.Error));
    }

    [Fact]
    public void Bootstrap_says_what_it_did_and_what_it_put_back()
    {
        var nothing = Bootstrap(Nothing);
        Assert.Equal("local:m is formed already: nothing to do\n", nothing);
        var restored = Bootstrap(Nothing with { Restored = ["m-1: cluster-node-timeout was 500, is 15000 again"] });
        Assert.Equal("m-1: cluster-node-timeout was 500, is 15000 again\nlocal:m is formed already\n", restored);
        var formed = Nothing with { Plan = new Plan("bootstrap", [new Stage("Join", [Step])], []) };
        Assert.Equal("local:m is formed, in 1.23 s\n", Bootstrap(formed));
    }

    [Theory]
    [InlineData(
        6,
        0,
        0,
        false,
        "local:m: 6 members stopped\nits data is kept; slotwright up --name m brings it back\n"
    )]
    [InlineData(
        5,
        0,
        1,
        false,
        "local:m: 6 members stopped (m-5 by SIGKILL)\nits data is kept; slotwright up --name m brings it back\n"
    )]
    [InlineData(0, 6, 0, true, "local:m was stopped already\nits data is deleted\n")]
    public void Down_says_what_became_of_the_data(int stopped, int already, int killed, bool purged, string text)
    {
        var terminal = new FakeTerminal();
        var report = new StopReport([.. All.Take(stopped)], [.. All.Take(already)], [.. All.TakeLast(killed)]);
        DownOutput.Print(terminal.Terminal, Format.Text, "local:m", report, purged);
        Assert.Equal(text, terminal.Output);
    }

    private static readonly Step Step = new Core.Planning.Steps.SetEpoch("m-0", Core.Tests.Support.Members.Id(0), 1)
    {
        Reason = "a test",
    };

    private static string Bootstrap(BootstrapReport report)
    {
        var terminal = new FakeTerminal();
        BootstrapOutput.Print(terminal.Terminal, Format.Text, "local:m", report);
        return terminal.Output;
    }
}
