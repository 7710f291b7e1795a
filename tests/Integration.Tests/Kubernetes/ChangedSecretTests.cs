using Slotwright.Integration.Tests.Commands;
using Slotwright.Unit.Tests.Kubernetes;

namespace Slotwright.Integration.Tests.Kubernetes;

/// <summary>What is told where a release's Secret is not what its servers have, and the way out.</summary>
public sealed class ChangedSecretTests
{
    private const string New = "from external-secrets";

    [Fact]
    public async Task Commands_and_Jobs_name_the_cause_and_exec_gives_the_members_the_new_password()
    {
        await using var sandbox = await JobSandbox.StartAsync();
        Assert.Equal(0, (await sandbox.RunAsync("bootstrap")).ExitCode);
        sandbox.Write("old", (await sandbox.Cluster.Host.GetCredentialsAsync(default))!.Password);
        sandbox.ChangeSecret(New);

        const string cause =
            "it refuses the password of the Secret prod/valkey-auth (key default): that was changed, and the servers still have the one from before";
        foreach (var verb in new[] { "verify", "status" })
        {
            var refused = await sandbox.CommandAsync(verb);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains(cause, Joined(refused.Output + refused.Error));
        }
        var verify = await sandbox.CommandAsync("verify");
        Assert.Contains("put the old password back, or give all members the new one by exec", Joined(verify.Error));
        var job = await sandbox.RunAsync("bootstrap", wait: 600); // it does not wait for what does not come
        Assert.Equal(1, job.ExitCode);
        Assert.Contains("it refuses the password of the release's Secret: that was changed", Joined(job.Error));
        Assert.Contains("put the old password back, or give all members the new one", Joined(job.Error));

        sandbox.Write("new", New + "\n");
        foreach (var setting in new[] { "primaryauth", "requirepass" })
        {
            var set = await Shell.RunAsync(
                "bash",
                "/nonexistent/slotwright",
                $"slotwright exec --target {FakeRelease.Target} --kubeconfig '{sandbox.Api.KubeConfig}' --password-file '{sandbox.PathOf("old")}' --on all --yes -x -- CONFIG SET {setting} < '{sandbox.PathOf("new")}'"
            );
            Assert.True(set.ExitCode == 0, set.ToString());
        }
        Assert.Equal(0, (await sandbox.CommandAsync("verify")).ExitCode);
        Assert.Contains("nothing to do", (await sandbox.RunAsync("bootstrap")).Error);
    }

    [Fact]
    public async Task One_that_was_left_behind_is_a_finding_of_verify()
    {
        await using var sandbox = await JobSandbox.StartAsync();
        Assert.Equal(0, (await sandbox.RunAsync("bootstrap")).ExitCode);
        var other = await sandbox.CommandAsync(
            "exec",
            "--yes",
            "--on",
            "valkey-3",
            "--",
            "CONFIG",
            "SET",
            "requirepass",
            New
        );
        Assert.True(other.ExitCode == 0, other.ToString());

        var verify = await sandbox.CommandAsync("verify", "--format", "json");

        Assert.Equal(2, verify.ExitCode);
        var finding = verify
            .Json.GetProperty("checks")
            .EnumerateArray()
            .Single(c => c.GetProperty("code").GetString() == "password-refused");
        Assert.Equal("valkey-3", finding.GetProperty("subject").GetString());
        Assert.Contains("put the old password back", finding.GetProperty("remedy").GetString());
    }

    private static string Joined(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
