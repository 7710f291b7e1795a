using System.Collections.Immutable;
using System.Text;
using k8s.Models;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Pods;
using Slotwright.Kubernetes.Access;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Connections;

namespace Slotwright.Kubernetes.Targets;

/// <summary>
/// A release of the chart. Its members are the StatefulSet's pods; outside of the cluster they are reached through the
/// API server's port-forward, inside directly.
/// </summary>
/// <param name="where">The option or variable that names it.</param>
public sealed class KubernetesTarget(string ns, string release, string where, KubeOptions options, TimeProvider time)
    : IClusterTarget
{
    private readonly SemaphoreSlim _one = new(1);
    private KubeApi? _api;
    private NodeZones? _zones;
    private PodDialer? _dialer;
    private Credentials? _credentials;
    private bool _areCredentialsKnown;

    public string Name { get; } = $"k8s:{ns}/{release}";

    /// <summary>A port-forward takes several round trips, and the API server may be on another continent.</summary>
    public TimeSpan AnswerBudget => TimeSpan.FromSeconds(5);

    /// <summary>From the Secret that the members mount; null where they have no password.</summary>
    public async ValueTask<Credentials?> GetCredentialsAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (!_areCredentialsKnown)
            {
                _credentials = await FindCredentialsAsync(ct);
                _areCredentialsKnown = true;
            }
            return _credentials;
        }
        finally
        {
            _one.Release();
        }
    }

    public string? PasswordPlace { get; private set; }

    public async Task<ImmutableArray<Member>> ListMembersAsync(CancellationToken ct)
    {
        var api = await ApiAsync(ct);
        var found = await FindReleaseAsync(api, ct);
        var pods = await api.PodsAsync(ns, Release.Labels(release), ct);
        var zones = await _zones!.OfAsync(
            pods.Select(p => p.Spec?.NodeName).OfType<string>().Where(n => n.Length > 0),
            ct
        );
        var members = PodMembers.Of(found, pods, zones);
        _dialer!.Learn(found, pods);
        return members;
    }

    public async ValueTask<int?> GetReplicasWantedAsync(CancellationToken ct) =>
        (await FindReleaseAsync(await ApiAsync(ct), ct)).ReplicasPerPrimary;

    public async ValueTask<Stream> ConnectAsync(NodeAddress address, CancellationToken ct)
    {
        if (_dialer is null)
        {
            await ListMembersAsync(ct);
        }
        return await _dialer!.ConnectAsync(address, ct);
    }

    /// <summary>There is no lock that this program and the release's Jobs share, so nothing may be changed from outside.</summary>
    public Task<IOperationLock> LockAsync(string operation, CancellationToken ct) =>
        throw new RefusedException(
            operation,
            new Finding(
                "only-looked-at",
                Verdict.Failed,
                Name,
                "releases are only looked at from outside of their cluster, as yet",
                $"{operation} needs a lock that the release's own Jobs keep to as well",
                $"in one of its pods, with the options that you gave: {InPod.Command(ns, "POD", operation, hasPassword: true)}"
            )
        );

    public ValueTask DisposeAsync()
    {
        _api?.Dispose();
        _one.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The release's StatefulSet with what surrounds it, for the doctor.</summary>
    internal async Task<(
        KubeApi Api,
        Release Release,
        V1StatefulSet Set,
        IList<V1Pod> Pods,
        NodeZones Zones
    )> ExamineAsync(CancellationToken ct)
    {
        var api = await ApiAsync(ct);
        var set = await FindSetAsync(api, ct);
        var pods = await api.PodsAsync(ns, Release.Labels(release), ct);
        return (api, Release.Of(set), set, pods, _zones!);
    }

    private async Task<KubeApi> ApiAsync(CancellationToken ct)
    {
        if (_api is not null)
        {
            return _api;
        }
        var api = new KubeApi(await ApiAccess.FindAsync(options, time, ct), time);
        _zones = new NodeZones(api);
        _dialer = new PodDialer(api, ns, time);
        return _api = api;
    }

    private async Task<Release> FindReleaseAsync(KubeApi api, CancellationToken ct) =>
        Release.Of(await FindSetAsync(api, ct));

    /// <exception cref="BadInputException">There is no such release, or no such namespace.</exception>
    private async Task<V1StatefulSet> FindSetAsync(KubeApi api, CancellationToken ct)
    {
        var all = await api.StatefulSetsAsync(ns, $"{Release.NameLabel}={Release.ChartName}", ct);
        return all.FirstOrDefault(s => s.Metadata.Labels.GetOrDefault(Release.InstanceLabel) == release)
            ?? throw new BadInputException(
                all.Count == 0 && await IsNamespaceAbsentAsync(api, ct)
                    ? new Problem(
                        where,
                        $"there is no namespace '{ns}'",
                        "write k8s:NAMESPACE/RELEASE; kubectl get namespaces shows them"
                    )
                    : new Problem(
                        where,
                        $"there is no release '{release}' of the chart in namespace '{ns}'; {WhatThereIs(all)}",
                        "write k8s:NAMESPACE/RELEASE; helm list --all-namespaces shows them"
                    )
            );
    }

    private static string WhatThereIs(IEnumerable<V1StatefulSet> all) =>
        all.Select(s => s.Metadata.Labels.GetOrDefault(Release.InstanceLabel))
            .OfType<string>()
            .Order(StringComparer.Ordinal)
            .ToArray() switch
        {
            [] => "there is none",
            [var one] => $"there is {one}",
            var several => $"there are {string.Join(", ", several)}",
        };

    /// <summary>Not to be allowed to see it does not make it absent.</summary>
    private async Task<bool> IsNamespaceAbsentAsync(KubeApi api, CancellationToken ct)
    {
        try
        {
            return await api.NamespaceAsync(ns, ct) is null;
        }
        catch (OperationFailedException)
        {
            return false;
        }
    }

    private async Task<Credentials?> FindCredentialsAsync(CancellationToken ct)
    {
        var api = await ApiAsync(ct);
        if ((await FindReleaseAsync(api, ct)).Password is not { } place)
        {
            return null;
        }
        PasswordPlace = $"the Secret {ns}/{place.Secret} (key {place.Key})";
        const string byHand = "or give the password with --password-file FILE";
        var secret =
            await api.SecretAsync(ns, place.Secret, ct)
            ?? throw new OperationFailedException(
                $"there is no Secret {place.Secret} in namespace {ns}, which the members take their password from",
                next: $"make it, {byHand}"
            );
        return secret.Data is { } data && data.TryGetValue(place.Key, out var password)
            ? new Credentials(null, Encoding.UTF8.GetString(password).TrimEnd('\n', '\r'))
            : throw new OperationFailedException(
                $"the Secret {place.Secret} in namespace {ns} has no key '{place.Key}'",
                next: $"add the key, {byHand}"
            );
    }
}
