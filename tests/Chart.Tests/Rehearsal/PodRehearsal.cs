using System.Security.Cryptography;
using System.Text;
using k8s;
using k8s.Models;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Network;
using Slotwright.Operations.Running;
using Slotwright.Unit.Tests.Kubernetes;

namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>
/// A release whose pods are rehearsed as processes of this machine: a stand-in for helm's order of things, for the
/// StatefulSet's and the Job's controller, and, by <see cref="RehearsedPod"/>, for the kubelet. What it takes is what
/// helm rendered. It knows one StatefulSet with Parallel start and RollingUpdate without partition, hooks that are
/// Jobs or pods, and DNS that knows changes at once. It does not schedule (pods lie two by two in three zones), does
/// not keep budgets, does not ask for RBAC's leave beyond whether a pod has a token, does not delete what succeeded,
/// and a Job's container that failed is started anew at once.
/// </summary>
internal sealed class PodRehearsal : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slotwright-rehearsal-");
    private readonly string _network = LoopbackNetworks.FirstFree($"{Guid.NewGuid()}", _ => false)!;
    private readonly SortedDictionary<int, RehearsedPod> _pods = [];
    private readonly List<RehearsedPod> _all = [];
    private readonly HashSet<string> _applied = new(StringComparer.Ordinal);
    private readonly RehearsalNode _node;
    private V1StatefulSet? _set;
    private V1Service? _service;
    private int _addresses;

    private PodRehearsal(string servers) => _node = new RehearsalNode(_folder.FullName, servers, Api);

    public FakeApiServer Api { get; } = new();

    /// <summary>Pods of the StatefulSet that are there, by their ordinals.</summary>
    public IReadOnlyList<RehearsedPod> Pods
    {
        get
        {
            lock (_pods)
            {
                return [.. _pods.Values];
            }
        }
    }

    /// <summary>Ordinals whose restarted pods have another address than before; by default all keep theirs.</summary>
    public Predicate<int> NewAddress { get; init; } = _ => false;

    /// <summary>What a kubelet would have acted on without being asked.</summary>
    public IEnumerable<string> Trouble => _all.SelectMany(p => p.Trouble);

    /// <summary>What all pods have said, those that are gone too.</summary>
    public string Log => string.Concat(_all.Select(p => p.Log));

    public V1Secret? Secret(string name) => _node.Secret(name);

    public static async Task<PodRehearsal> StartAsync(Predicate<int>? newAddress = null)
    {
        Assert.True(
            File.Exists(RehearsalNode.Program),
            $"there is no {RehearsalNode.Program}: .ci/publish-native makes it, as tests/prepare does"
        );
        var server = await TestServers.Of(TestVersions.Default);
        return new PodRehearsal(Path.GetDirectoryName(server.Path)!) { NewAddress = newAddress ?? (_ => false) };
    }

    /// <summary>A zone for every two pods.</summary>
    public static string ZoneOf(int ordinal) => $"az-{"abc"[ordinal / 2 % 3]}";

    public string AddressOf(string hostname) =>
        File.ReadLines(_node.Hosts).Select(l => l.Split(' ')).FirstOrDefault(l => l[^1] == hostname)?[0] ?? hostname;

    /// <summary><c>helm install --wait</c>.</summary>
    public async Task InstallAsync(Rendering rendering)
    {
        await BeginInstallAsync(rendering);
        await BootstrapAsync(rendering);
    }

    /// <summary><c>helm install --wait</c> until all is ready and the bootstrap Job's turn has come.</summary>
    public async Task BeginInstallAsync(Rendering rendering)
    {
        await HooksAsync(rendering, "pre-install");
        await ApplyAsync(rendering);
        await AllReadyAsync();
    }

    /// <summary>The hooks after an install.</summary>
    public Task BootstrapAsync(Rendering rendering) => HooksAsync(rendering, "post-install");

    /// <summary>The hooks after an install, up to the bootstrap Job's container, which runs.</summary>
    public async Task<RehearsedPod> BeginBootstrapAsync(Rendering rendering)
    {
        foreach (var hook in rendering.Hooks("post-install"))
        {
            Apply(hook);
            if (hook is V1Job job)
            {
                var pod = PodOf(job);
                await pod.StartAsync();
                return pod;
            }
        }
        throw new InvalidOperationException("no Job is a hook after an install");
    }

    /// <summary><c>helm upgrade --wait</c>.</summary>
    public async Task UpgradeAsync(Rendering rendering)
    {
        await HooksAsync(rendering, "pre-upgrade");
        await ApplyAsync(rendering);
        await AllReadyAsync();
        await HooksAsync(rendering, "post-upgrade");
    }

    /// <summary><c>helm test</c>.</summary>
    public Task TestAsync(Rendering rendering) => HooksAsync(rendering, "test");

    /// <summary>All that is no hook, without waiting for anybody to be ready.</summary>
    public async Task ApplyAsync(Rendering rendering)
    {
        foreach (var thing in rendering.Plain)
        {
            Apply(thing);
        }
        await ReconcileAsync();
    }

    /// <summary>A pod that is deleted, and comes back: at once, or when what is waited for while it is gone has come.</summary>
    public async Task RestartAsync(int ordinal, bool withPreStop = true, Task? gone = null)
    {
        RehearsedPod pod;
        lock (_pods)
        {
            pod = _pods[ordinal];
        }
        await pod.DeleteAsync(withPreStop);
        Api.Remove(pod.Pod);
        lock (_pods)
        {
            _pods.Remove(ordinal);
        }
        WriteNames();
        if (gone is not null)
        {
            await gone.WaitAsync(Patience);
        }
        await StartAsync(ordinal, NewAddress(ordinal) ? null : pod.Pod.Status.PodIP);
    }

    public async Task AllReadyAsync()
    {
        var ready = await Wait.UntilAsync(
            _ => ValueTask.FromResult(Pods.All(p => p.IsReady) || !Pods.All(p => p.Trouble.IsEmpty)),
            Patience,
            TimeProvider.System,
            default
        );
        Assert.True(
            ready && Pods.All(p => p.IsReady),
            string.Join('\n', [.. Pods.Select(p => $"{p.Name}: {p.IsReady} {p.ReadyLine}"), .. Trouble, Log])
        );
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pod in _all)
        {
            await pod.DisposeAsync();
        }
        await Api.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task HooksAsync(Rendering rendering, string moment)
    {
        foreach (var hook in rendering.Hooks(moment))
        {
            Apply(hook);
            switch (hook)
            {
                case V1Job job:
                    await RunAsync(job);
                    break;
                case V1Pod pod:
                    var run = Make(
                        pod.Metadata.Name,
                        pod.Metadata.Labels,
                        pod.Spec,
                        Path.Combine("hooks", $"{_all.Count}")
                    );
                    var code = await run.RunAsync();
                    Assert.True(code == 0, $"{moment}: {code}\n{run.Log}");
                    break;
            }
        }
    }

    private async Task RunAsync(V1Job job)
    {
        var log = "";
        for (var attempt = 0; attempt <= job.Spec.BackoffLimit; attempt++)
        {
            var pod = PodOf(job);
            if (await pod.RunAsync() == 0)
            {
                return;
            }
            log += pod.Log;
        }
        Assert.Fail($"Job {job.Metadata.Name} failed:\n{log}");
    }

    private RehearsedPod PodOf(V1Job job) =>
        Make(
            $"{job.Metadata.Name}-{_all.Count}",
            job.Spec.Template.Metadata.Labels,
            job.Spec.Template.Spec,
            Path.Combine("jobs", $"{_all.Count}")
        );

    private void Apply(IKubernetesObject<V1ObjectMeta> thing)
    {
        _applied.Add($"{thing.Kind}/{thing.Metadata.Name}");
        switch (thing)
        {
            case V1ConfigMap map:
                _node.ConfigMaps[map.Metadata.Name] = map;
                break;
            case V1Service service:
                _service = service;
                break;
            case V1Secret secret:
                Api.Put(secret);
                break;
            case V1StatefulSet set:
                _set = set;
                Api.Put(set);
                break;
        }
    }

    /// <summary>As the StatefulSet's controller: new ones all at once, then old ones from the highest down, one at a time.</summary>
    private async Task ReconcileAsync()
    {
        var wanted = _set!.Spec.Replicas ?? 1;
        await Task.WhenAll(
            Enumerable.Range(0, wanted).Except(Pods.Select((_, i) => i)).Select(i => StartAsync(i, null)).ToArray()
        );
        for (var i = wanted - 1; i >= 0; i--)
        {
            if (Revision(Pods[i].Pod) != Revision())
            {
                await AllReadyAsync();
                await RestartAsync(i);
                await AllReadyAsync();
            }
        }
    }

    private Task StartAsync(int ordinal, string? address)
    {
        var name = $"{_set!.Metadata.Name}-{ordinal}";
        var template = _set.Spec.Template;
        var pod = Make(name, template.Metadata.Labels, template.Spec, Path.Combine("pods", $"{name}.{_all.Count}"));
        pod.Pod.Metadata.Labels["controller-revision-hash"] = Revision();
        pod.Pod.Spec.NodeName = $"node-{ordinal}";
        foreach (var claim in _set.Spec.VolumeClaimTemplates ?? [])
        {
            pod.Pod.Spec.Volumes.Add(
                new V1Volume
                {
                    Name = claim.Metadata.Name,
                    PersistentVolumeClaim = new() { ClaimName = $"{claim.Metadata.Name}-{name}" },
                }
            );
        }
        var ip = address ?? $"{_network}.{Interlocked.Increment(ref _addresses)}";
        pod.Pod.Status = new V1PodStatus
        {
            Phase = "Running",
            PodIP = ip,
            PodIPs = [new V1PodIP { Ip = ip }],
        };
        Api.Put(NodeOf(ordinal));
        Api.Put(pod.Pod);
        lock (_pods)
        {
            _pods[ordinal] = pod;
        }
        WriteNames();
        return pod.StartAsync();
    }

    private RehearsedPod Make(string name, IDictionary<string, string> labels, V1PodSpec spec, string folder)
    {
        var account = $"ServiceAccount/{spec.ServiceAccountName}";
        Assert.True(_applied.Contains(account), $"pod {name} is forbidden: there is no {account} yet");
        var pod = new RehearsedPod(
            _node,
            new V1Pod
            {
                Metadata = new()
                {
                    Name = name,
                    NamespaceProperty = Rendering.Namespace,
                    Labels = new Dictionary<string, string>(labels, StringComparer.Ordinal),
                },
                Spec = KubernetesJson.Deserialize<V1PodSpec>(KubernetesJson.Serialize((object)spec)),
                Status = new() { PodIP = "127.0.0.1" },
            },
            Path.Combine(_folder.FullName, folder)
        );
        lock (_all)
        {
            _all.Add(pod);
        }
        return pod;
    }

    private void WriteNames()
    {
        lock (_pods)
        {
            var service = $"{_set!.Spec.ServiceName}.{Rendering.Namespace}.svc.cluster.local";
            _node.Name(
                _pods
                    .Values.Where(p =>
                        p.IsReady
                        || (
                            _service is { Spec.PublishNotReadyAddresses: true } s
                            && s.Metadata.Name == _set.Spec.ServiceName
                        )
                    )
                    .Select(p => $"{p.Pod.Status.PodIP} {service} {p.Name}.{service}")
            );
        }
    }

    private string Revision() =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(KubernetesJson.Serialize((object)_set!.Spec.Template)))
        )[..10];

    private static string Revision(V1Pod pod) => pod.Metadata.Labels["controller-revision-hash"];

    private static V1Node NodeOf(int ordinal) =>
        new()
        {
            Metadata = new()
            {
                Name = $"node-{ordinal}",
                Labels = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["topology.kubernetes.io/zone"] = ZoneOf(ordinal),
                },
            },
        };
}
