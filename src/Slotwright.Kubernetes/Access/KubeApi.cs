using System.Net;
using System.Net.WebSockets;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Slotwright.Core.Failures;

namespace Slotwright.Kubernetes.Access;

/// <summary>The few questions that are put to the API server; every error of it comes out in words that help.</summary>
internal sealed class KubeApi : IDisposable
{
    /// <summary>One port to one stream: a byte for the channel, then data.</summary>
    private const string ForwardProtocol = "v4.channel.k8s.io";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly k8s.Kubernetes _client;
    private readonly ApiErrors _errors;
    private readonly TimeProvider _time;

    public KubeApi(ApiAccess access, TimeProvider time)
    {
        InCluster = access.InCluster;
        _time = time;
        _errors = new ApiErrors(access);
        try
        {
            _client = new k8s.Kubernetes(access.Configuration)
            {
                CreateWebSocketBuilder = () => new StatusKeepingWebSocketBuilder(),
            };
        }
        catch (Exception e)
            when (e
                    is k8s.Exceptions.KubeConfigException
                        or FormatException
                        or ArgumentException
                        or System.Security.Cryptography.CryptographicException
            )
        {
            throw new BadInputException(
                new Problem(
                    "kubeconfig",
                    $"it can't be used: {e.Message}",
                    "see its certificates and its server's address"
                )
            );
        }
    }

    public bool InCluster { get; }

    public async Task<IList<V1StatefulSet>> StatefulSetsAsync(string ns, string labels, CancellationToken ct) =>
        (
            await AskAsync(
                new ApiCall("list", "statefulsets.apps", ns),
                inner =>
                    _client.AppsV1.ListNamespacedStatefulSetAsync(ns, labelSelector: labels, cancellationToken: inner),
                ct
            )
        )?.Items
        ?? [];

    public async Task<IList<V1Pod>> PodsAsync(string ns, string labels, CancellationToken ct) =>
        (
            await AskAsync(
                new ApiCall("list", "pods", ns),
                inner => _client.CoreV1.ListNamespacedPodAsync(ns, labelSelector: labels, cancellationToken: inner),
                ct
            )
        )?.Items
        ?? [];

    public async Task<IList<V1PodDisruptionBudget>> BudgetsAsync(string ns, CancellationToken ct) =>
        (
            await AskAsync(
                new ApiCall("list", "poddisruptionbudgets.policy", ns),
                inner => _client.PolicyV1.ListNamespacedPodDisruptionBudgetAsync(ns, cancellationToken: inner),
                ct
            )
        )?.Items
        ?? [];

    /// <returns>Null where there is none; of this and all others that ask for one object by its name.</returns>
    public Task<V1Namespace?> NamespaceAsync(string name, CancellationToken ct) =>
        AskAsync(
            new ApiCall("get", "namespaces", null, name),
            inner => _client.CoreV1.ReadNamespaceAsync(name, cancellationToken: inner),
            ct
        );

    public Task<V1Node?> NodeAsync(string name, CancellationToken ct) =>
        AskAsync(
            new ApiCall("get", "nodes", null, name),
            inner => _client.CoreV1.ReadNodeAsync(name, cancellationToken: inner),
            ct
        );

    public Task<V1Secret?> SecretAsync(string ns, string name, CancellationToken ct) =>
        AskAsync(
            new ApiCall("get", "secrets", ns, name),
            inner => _client.CoreV1.ReadNamespacedSecretAsync(name, ns, cancellationToken: inner),
            ct
        );

    public Task<V1StorageClass?> StorageClassAsync(string name, CancellationToken ct) =>
        AskAsync(
            new ApiCall("get", "storageclasses.storage.k8s.io", null, name),
            inner => _client.StorageV1.ReadStorageClassAsync(name, cancellationToken: inner),
            ct
        );

    /// <returns>False where another made one by that name in the meantime.</returns>
    public async Task<bool> CreateSecretAsync(V1Secret secret, CancellationToken ct)
    {
        var ns = secret.Metadata.NamespaceProperty;
        try
        {
            await AskAsync(
                new ApiCall("create", "secrets", ns),
                inner => _client.CoreV1.CreateNamespacedSecretAsync(secret, ns, cancellationToken: inner),
                ct
            );
            return true;
        }
        catch (OperationFailedException e)
            when (e.InnerException is HttpOperationException { Response.StatusCode: HttpStatusCode.Conflict })
        {
            return false;
        }
    }

    /// <summary>The two streams of a forwarded port, in one WebSocket.</summary>
    /// <param name="port">Inside the pod.</param>
    public async Task<WebSocket> ForwardAsync(string ns, string pod, int port, CancellationToken ct) =>
        await AskAsync(
            new ApiCall("create and get", "pods/portforward", ns, pod), // a WebSocket begins with a GET
            inner =>
                _client.WebSocketNamespacedPodPortForwardAsync(
                    pod,
                    ns,
                    [port],
                    ForwardProtocol,
                    cancellationToken: inner
                ),
            ct
        ) ?? throw new OperationFailedException($"there is no pod {pod} any more", member: pod, next: "look again");

    public void Dispose() => _client.Dispose();

    private async Task<T?> AskAsync<T>(ApiCall call, Func<CancellationToken, Task<T>> ask, CancellationToken ct)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await ask(either.Token);
        }
        catch (HttpOperationException e) when (e.Response?.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (Exception e) when (e is not OperationFailedException)
        {
            ct.ThrowIfCancellationRequested();
            throw _errors.Of(call, e, Patience)
                ?? new OperationFailedException(
                    $"the API server's answer to '{call}' can't be understood: {e.Message}",
                    next: "check that the address in the kubeconfig is an API server's",
                    cause: e
                );
        }
    }
}
