using System.Text.Json;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;

namespace Slotwright.Integration.Tests.Verify;

/// <summary>Six members in three zones, formed once for the tests of a class; each mends what it broke.</summary>
public sealed class FormedCluster : IAsyncLifetime
{
    /// <summary>A replica that changes its primary needs not wait for others.</summary>
    private static readonly LocalSpec Spec = LocalSandbox.Spec with
    {
        Settings = LocalSandbox.Spec.Settings.Add("repl-diskless-sync-delay", "0"),
    };

    internal TestCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Cluster = await TestCluster.StartAsync(Spec);
        await Cluster.BootstrapAsync();
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    /// <summary>Findings of a run of verify, by code and subject, those that are ok left out.</summary>
    internal async Task<(int ExitCode, string[] Faults, ProgramResult Result)> VerifyAsync(params string[] arguments)
    {
        var result = await Cluster.RunAsync(["verify", "--format", "json", .. arguments]);
        return (result.ExitCode, result.ExitCode is 0 or 2 ? Faults(result.Json) : [], result);
    }

    /// <summary>Verify finds nothing any more.</summary>
    internal async Task HealsAsync()
    {
        ProgramResult? last = null;
        var healed = await TestCluster.BecomesAsync(async () =>
        {
            (var exitCode, var faults, last) = await VerifyAsync();
            return exitCode == 0 && faults.Length == 0; // a replica that copies is a warning
        });
        Assert.True(healed, last?.ToString());
    }

    private static string[] Faults(JsonElement json) =>
        [
            .. json.GetProperty("checks")
                .EnumerateArray()
                .Where(c => c.GetProperty("verdict").GetString() != "ok")
                .Select(c => $"{c.GetProperty("code").GetString()} {c.GetProperty("subject").GetString()}"),
        ];
}
