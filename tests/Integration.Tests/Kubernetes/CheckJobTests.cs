namespace Slotwright.Integration.Tests.Kubernetes;

/// <summary>The Job before an upgrade, on members of 9.1.</summary>
public sealed class CheckJobTests
{
    [Fact]
    public async Task An_engine_is_changed_only_by_one_who_asks_and_never_so_that_the_files_are_lost()
    {
        await using var sandbox = await JobSandbox.StartAsync();

        await PassesAsync(sandbox, "9.1.0", set: "false", "brings the chart's engine 9.1.0");
        await PassesAsync(sandbox, "9.2.0", set: "true", "brings image.tag 9.2.0");
        await IsRefusedAsync(sandbox, "9.2.0", set: "false", "image.tag is not set", "image.tag: 9.2.0 to go");
        await IsRefusedAsync(sandbox, "8.1.1", set: "true", "can't read the files that 9.1", "to stay");

        foreach (var member in await sandbox.Cluster.Host.ListMembersAsync(default))
        {
            await sandbox.Cluster.KillAsync(member.Name);
        }
        await PassesAsync(sandbox, "8.1.1", set: "false", "no member answered");
        File.Delete(sandbox.PathOf("etc/slotwright/auth/default"));
        await PassesAsync(sandbox, "8.1.1", set: "false", "no member answered"); // before the first sync
    }

    private static async Task PassesAsync(JobSandbox sandbox, string tag, string set, string says)
    {
        var result = await RunAsync(sandbox, tag, set);
        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
    }

    private static async Task IsRefusedAsync(JobSandbox sandbox, string tag, string set, params string[] says)
    {
        var result = await RunAsync(sandbox, tag, set);
        Assert.True(result.ExitCode == 3, $"{result}");
        Assert.All(says, s => Assert.Contains(s, result.Error, StringComparison.Ordinal));
        Assert.Contains("Valkey 9.1", result.Error, StringComparison.Ordinal);
    }

    private static Task<Support.ProgramResult> RunAsync(JobSandbox sandbox, string tag, string set)
    {
        sandbox.Set("SLOTWRIGHT_IMAGE_TAG", tag);
        sandbox.Set("SLOTWRIGHT_IMAGE_TAG_SET", set);
        sandbox.Set("SLOTWRIGHT_PERSISTENCE", "true");
        return sandbox.RunAsync("check");
    }
}
