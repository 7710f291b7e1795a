using System.Collections.Immutable;
using Slotwright.Bench.Create;
using Slotwright.Core.Cluster;
using Slotwright.Local.Servers;
using Slotwright.Local.State;
using Slotwright.Operations.Observing;

namespace Slotwright.Bench.Probe;

/// <summary>What the kubelet's probes cost: Slotwright's against a shell with valkey-cli, on one member of a cluster.</summary>
internal sealed class ProbeBenchmark(BenchOptions options, string program, DirectoryInfo folder)
{
    private const string Version = "9.1";
    private const int Members = 6;

    private readonly int _runs = options.Quick ? 20 : 100;

    /// <exception cref="InvalidOperationException">A probe did not find its member well.</exception>
    public static async Task RunAsync(BenchOptions options, CancellationToken ct)
    {
        var program = options.Program ?? throw new InvalidOperationException("--program names no native slotwright");
        var folder = Directory.CreateTempSubdirectory("slotwright-bench-");
        try
        {
            await new ProbeBenchmark(options, program, folder).RunAllAsync(ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task RunAllAsync(CancellationToken ct)
    {
        var server = await ServerLocator.OfThisMachine(TimeProvider.System).FindAsync(Version, new Talk(), ct);
        var root = new StateRoot(folder.FullName);
        await using var cluster = await FreshCluster.StartAsync(root, server, Members, ct);
        await TimedProgram.RunAsync(
            program,
            ["bootstrap", "--name", FreshCluster.Name],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["SLOTWRIGHT_HOME"] = root.Path },
            ct
        );
        await using var session = new ClusterSession(cluster.Host, null, TimeProvider.System);
        var topology = (await session.ObserveAsync(ct)).Topology;
        var shard = topology.Shards()[0];
        var primary = topology.Members[shard.Primary.Member!];
        var replica = topology.Members[shard.Replicas[0].Member!];
        ProbeReport
            .Of([
                await CompareAsync("readiness of a primary", primary, "readiness", ShellProbes.Readiness),
                await CompareAsync("readiness of a replica", replica, "readiness", ShellProbes.Readiness),
                await CompareAsync("liveness", primary, "liveness", ShellProbes.Liveness),
            ])
            .Publish(options);

        Task<ProbeResult> CompareAsync(string title, Member member, string kind, string script) =>
            this.CompareAsync(title, kind, script, EnvironmentOf(member, cluster, server), ct);
    }

    private async Task<ProbeResult> CompareAsync(
        string title,
        string kind,
        string script,
        Dictionary<string, string> environment,
        CancellationToken ct
    )
    {
        var ours = ImmutableArray.CreateBuilder<ProbeRun>();
        var theirs = ImmutableArray.CreateBuilder<ProbeRun>();
        for (var run = -2; run < _runs; run++) // the first few fetch the files, and make the member ready
        {
            var mine = await ProbeRun.MeasureAsync(program, ["pod", "probe", kind], environment, ct);
            var other = await ProbeRun.MeasureAsync("/bin/sh", ["-c", script], environment, ct);
            if (run >= 0)
            {
                ours.Add(mine);
                theirs.Add(other);
            }
        }
        return new ProbeResult(title, ours.ToImmutable(), theirs.ToImmutable());
    }

    /// <summary>A folder stands for the pod; the password lies where the local cluster has it.</summary>
    private Dictionary<string, string> EnvironmentOf(Member member, FreshCluster cluster, ServerBinary server)
    {
        var pod = folder.CreateSubdirectory("pods").CreateSubdirectory(member.Name);
        pod.CreateSubdirectory("run/slotwright");
        pod.CreateSubdirectory("data/conf");
        File.WriteAllText(Path.Combine(pod.FullName, "password"), cluster.Password);
        return new(StringComparer.Ordinal)
        {
            ["SLOTWRIGHT_POD_ROOT"] = pod.FullName,
            ["SLOTWRIGHT_PASSWORD_FILE"] = "/password",
            ["SLOTWRIGHT_CLIENT_PORT"] = $"{member.Address.Port}",
            ["POD_IP"] = member.Address.Host,
            ["POD_FQDN"] = member.Hostname,
            ["REDISCLI_AUTH"] = cluster.Password,
            ["HOST"] = member.Address.Host,
            ["PORT"] = $"{member.Address.Port}",
            ["PATH"] =
                $"{Path.GetDirectoryName(server.Cli ?? server.Path)}:{Environment.GetEnvironmentVariable("PATH")}",
        };
    }

    private sealed class Talk : IProgress<string>
    {
        public void Report(string value) => Terminal.Complain(value);
    }
}
