using System.Text.Json;
using Slotwright.Commands;
using Slotwright.Core.Tests.Support;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.CommandLine;

/// <summary>Verbs that have something to say where there is no cluster.</summary>
public sealed class WithoutClusterTests
{
    [Fact]
    public async Task Slots_can_be_told_without_a_cluster()
    {
        var run = await TestProgram.RunAsync("slot", "foo", "{foo}.bar", "baz");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Golden.Check("slot/without-cluster.txt", run.Output);
        Assert.Contains("slots need no cluster, their owners do", run.Error);
    }

    [Fact]
    public async Task Keys_of_one_slot_can_be_used_in_one_command()
    {
        var run = await TestProgram.RunAsync("slot", "foo", "{foo}.bar", "--format", "json");
        using var document = JsonDocument.Parse(run.Output);
        Assert.True(document.RootElement.GetProperty("oneCommand").GetBoolean());
        Golden.Check("slot/one-slot.json", run.Output);
    }

    [Fact]
    public async Task A_long_key_does_not_push_the_others_aside()
    {
        var run = await TestProgram.RunAsync("slot", "foo", new string('x', 300));
        Assert.StartsWith("KEY  SLOT", run.Output, StringComparison.Ordinal);
        Assert.Contains("foo  12182", run.Output);
    }

    [Fact]
    public async Task A_key_may_look_like_an_option_or_like_nothing()
    {
        var run = await TestProgram.RunAsync("slot", "--", "--name", "", "a b", "tab\there", "\u00e9");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Golden.Check("slot/odd-keys.txt", run.Output);
    }

    [Fact]
    public async Task A_cluster_that_is_named_but_does_not_answer_is_a_failure_though_the_slots_are_told()
    {
        var run = await TestProgram.RunAsync("slot", "foo", "--target", "nodes:127.0.0.1:1");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("12182", run.Output);
    }

    [Fact]
    public async Task No_local_cluster_is_an_empty_list()
    {
        var text = await TestProgram.RunAsync("local", "list");
        Assert.Equal((ExitCode.Done, ""), (text.ExitCode, text.Output));
        Assert.Contains("slotwright up", text.Error);

        var json = await TestProgram.RunAsync("local", "list", "--format", "json");
        using var document = JsonDocument.Parse(json.Output);
        Assert.Equal(0, document.RootElement.GetProperty("clusters").GetArrayLength());
    }

    [Fact]
    public async Task Servers_that_are_not_here_can_be_fetched()
    {
        var run = await TestProgram.RunAsync("valkey", "list");
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Golden.Check("valkey/nothing-here.txt", run.Output);
        Golden.Check(
            "valkey/nothing-here.json",
            (await TestProgram.RunAsync("valkey", "list", "--format", "json")).Output
        );
    }

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    public async Task The_version_is_told(string word)
    {
        var run = await TestProgram.RunAsync(word);
        Assert.Equal((ExitCode.Done, VersionCommand.Current + "\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task The_version_has_a_document()
    {
        using var document = JsonDocument.Parse((await TestProgram.RunAsync("version", "--format", "json")).Output);
        Assert.Equal(VersionCommand.Current, document.RootElement.GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    public async Task Completion_scripts_are_kept(string shell)
    {
        var run = await TestProgram.RunAsync("completion", shell);
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Golden.Check($"completion/{shell}", run.Output);
        using var document = JsonDocument.Parse(
            (await TestProgram.RunAsync("completion", shell, "--format", "json")).Output
        );
        Assert.Equal(run.Output, document.RootElement.GetProperty("script").GetString() + "\n");
    }
}
