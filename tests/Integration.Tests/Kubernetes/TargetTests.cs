using System.Net;
using k8s.Models;
using Slotwright.Core.Cluster;
using Slotwright.Kubernetes.Access;
using Slotwright.Kubernetes.Targets;
using Slotwright.Operations.Observing;
using Slotwright.Unit.Tests.Kubernetes;

namespace Slotwright.Integration.Tests.Kubernetes;

/// <summary>The commands that look, on real servers that are only reached through an API server's port-forward.</summary>
public sealed class TargetTests(ReleaseOfServers servers) : IClassFixture<ReleaseOfServers>
{
    [Fact]
    public async Task Status_shows_the_map_with_the_zones_of_Kubernetes_nodes()
    {
        var forwarded = servers.Api.Forwarded.Count;

        var status = await servers.RunAsync("status");

        Assert.True(status.ExitCode == 0, status.ToString());
        Assert.StartsWith("k8s:prod/valkey", status.Output);
        Assert.Contains("az-a", status.Output);
        Assert.Equal(forwarded + 6, servers.Api.Forwarded.Count);
        var json = (await servers.RunAsync("status", "--format", "json")).Json;
        Assert.Equal(16384, json.GetProperty("slotsCovered").GetInt32());
        Assert.All(
            json.GetProperty("nodes").EnumerateArray(),
            n => Assert.StartsWith("az-", n.GetProperty("zone").GetString())
        );
    }

    [Fact]
    public async Task Verify_expects_what_the_annotation_says()
    {
        var verify = await servers.RunAsync("verify");
        Assert.True(verify.ExitCode == 0, verify.ToString());

        var set = servers.Release.Set;
        set.Metadata.Annotations["slotwright.dev/replicas-per-primary"] = "2";
        try
        {
            var more = await servers.RunAsync("verify");
            Assert.True(more.ExitCode == 2, more.ToString());
            Assert.Contains("1 of 2", more.Output);
        }
        finally
        {
            set.Metadata.Annotations["slotwright.dev/replicas-per-primary"] = "1";
        }
    }

    [Fact]
    public async Task Exec_and_slot_find_the_owner_of_a_key()
    {
        var set = await servers.RunAsync("exec", "--", "SET", "greeting", "hello");
        Assert.True(set.ExitCode == 0, set.ToString());
        Assert.Equal("OK", set.Output.Trim());
        Assert.Equal("\"hello\"", (await servers.RunAsync("exec", "--", "GET", "greeting")).Output.Trim());

        var slot = await servers.RunAsync("slot", "greeting");
        Assert.True(slot.ExitCode == 0, slot.ToString());
        Assert.Contains("valkey-", slot.Output);
        var large = new string('x', 200_000);
        Assert.Equal("OK", (await servers.RunAsync("exec", "--", "SET", "large", large)).Output.Trim());
        Assert.Equal($"\"{large}\"", (await servers.RunAsync("exec", "--", "GET", "large")).Output.Trim());
        await servers.RunAsync("exec", "--yes", "--", "DEL", "large");
    }

    [Fact]
    public async Task Addresses_and_hostnames_lead_to_the_same_pod_and_others_to_none()
    {
        await using var target = Target();
        var member = (await target.ListMembersAsync(default))[2];
        Assert.Equal(("valkey-2", "az-c", "node-2"), (member.Name, member.Zone, member.Machine));
        Assert.Equal(
            (MemberPhase.Running, "valkey-1", "valkey-1"),
            (member.Phase, member.Revision, member.DesiredRevision)
        );
        Assert.Equal("valkey-2.valkey-headless.prod.svc.cluster.local", member.Hostname);

        await using (await target.ConnectAsync(member.Address, default)) { }
        await using (await target.ConnectAsync(new NodeAddress(member.Hostname, member.Address.Port), default)) { }

        Assert.Equal(["valkey-2", "valkey-2"], servers.Api.Forwarded.TakeLast(2));
        var stranger = await Assert.ThrowsAsync<Core.Failures.OperationFailedException>(async () =>
            await target.ConnectAsync(new NodeAddress("10.9.9.9", 6379), default)
        );
        Assert.Contains("no pod of the release has the address 10.9.9.9:6379", stranger.Message);
    }

    [Fact]
    public async Task What_is_not_allowed_to_read_nodes_learns_zones_from_the_servers()
    {
        servers.Api.Refuse("/nodes/", 403, "nodes \"node-0\" is forbidden: User \"me\" cannot get resource \"nodes\"");
        try
        {
            await using var session = new ClusterSession(Target(), null, TimeProvider.System);
            var topology = (await session.ObserveAsync(default)).Topology;
            Assert.All(topology.Members.Values, m => Assert.StartsWith("az-", m.Zone));
            var doctor = await servers.RunAsync("doctor");
            Assert.Contains("cannot get resource \"nodes\"", doctor.Output);
        }
        finally
        {
            servers.Api.Refuse("/nodes/", 0, "");
        }
    }

    [Fact]
    public async Task A_pod_that_does_not_run_is_told_with_its_reason()
    {
        var pod = servers.Release.Pods[5];
        var was = pod.Status;
        pod.Status = new V1PodStatus
        {
            Phase = "Running",
            PodIP = was.PodIP,
            ContainerStatuses =
            [
                new()
                {
                    Name = "valkey",
                    Image = "",
                    ImageID = "",
                    State = new() { Waiting = new() { Reason = "CrashLoopBackOff" } },
                    LastState = new()
                    {
                        Terminated = new() { ExitCode = 1, Message = "Bad directive 'frob'" },
                    },
                },
            ],
        };
        try
        {
            var status = await servers.RunAsync("status");
            Assert.Equal(0, status.ExitCode);
            Assert.Contains("CrashLoopBackOff", status.Output);
            var doctor = await servers.RunAsync("doctor");
            Assert.True(doctor.ExitCode == 2, doctor.ToString());
            Assert.Contains("Bad directive 'frob'", doctor.Output);
            var exec = await servers.RunAsync("exec", "--on", "valkey-5", "--", "PING");
            Assert.Equal(1, exec.ExitCode);
            Assert.Contains("kubectl describe pod valkey-5 --namespace prod", exec.Error);
        }
        finally
        {
            pod.Status = was;
        }
    }

    [Fact]
    public async Task Nobody_listening_in_a_pod_is_no_stack_trace()
    {
        var member = (await servers.Cluster.Host.ListMembersAsync(default))[4];
        servers.Api.Serve("valkey-4", new IPEndPoint(IPAddress.Loopback, 1));
        try
        {
            var exec = await servers.RunAsync("exec", "--on", "valkey-4", "--", "PING");
            Assert.Equal(1, exec.ExitCode);
            Assert.Contains("nobody listens at port", exec.Error);
        }
        finally
        {
            servers.Api.Serve("valkey-4", new IPEndPoint(IPAddress.Parse(member.Address.Host), member.Address.Port));
        }
    }

    [Fact]
    public async Task Doctor_says_what_the_release_lacks()
    {
        var doctor = await servers.RunAsync("doctor");

        Assert.True(doctor.ExitCode == 2, doctor.ToString()); // the StorageClass is not there
        Assert.Contains("requests 12Gi of memory and may use 16Gi", doctor.Output);
        Assert.Contains("no PodDisruptionBudget selects the members", doctor.Output);
        Assert.Contains("there is no StorageClass gp3", doctor.Output);
        Assert.Contains("members are in zones az-a, az-b, az-c", doctor.Output);
    }

    private KubernetesTarget Target() =>
        new(
            FakeRelease.Namespace,
            FakeRelease.Name,
            "--target",
            new KubeOptions(servers.Api.KubeConfig, null, _ => null),
            TimeProvider.System
        );
}
