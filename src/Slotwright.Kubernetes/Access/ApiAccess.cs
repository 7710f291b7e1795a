using k8s;
using k8s.Exceptions;
using Slotwright.Core.Failures;

namespace Slotwright.Kubernetes.Access;

/// <summary>How the API server is reached.</summary>
/// <param name="InCluster">As a pod of the same cluster: other pods can be reached directly.</param>
/// <param name="Context">The context that was taken; null inside the cluster.</param>
internal sealed record ApiAccess(KubernetesClientConfiguration Configuration, bool InCluster, string? Context)
{
    private const string ServiceHost = "KUBERNETES_SERVICE_HOST";

    /// <summary>As kubectl does: the file that is named, else KUBECONFIG, else the home folder's, else the pod's own account.</summary>
    /// <exception cref="BadInputException">There is none, or it can't be used.</exception>
    /// <exception cref="OperationFailedException">Its credential plugin gave none.</exception>
    public static async Task<ApiAccess> FindAsync(KubeOptions options, TimeProvider time, CancellationToken ct)
    {
        if (KubeConfigFiles.Find(options) is { IsEmpty: false } files)
        {
            return await KubeConfigFiles.ReadAsync(files, options, time, ct);
        }
        if (options.Variable(ServiceHost) is null)
        {
            throw new BadInputException(
                new Problem(
                    "kubeconfig",
                    "there is none: neither --kubeconfig nor KUBECONFIG names a file that is there, nor is there ~/.kube/config",
                    "name one; on EKS: aws eks update-kubeconfig --name CLUSTER"
                )
            );
        }
        return new ApiAccess(OfServiceAccount(), InCluster: true, null);
    }

    private static KubernetesClientConfiguration OfServiceAccount()
    {
        try
        {
            return KubernetesClientConfiguration.InClusterConfig();
        }
        catch (Exception e) when (e is KubeConfigException or IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(
                "this pod has no service account's token to ask the API server with",
                next: "let the pod's service account be mounted (automountServiceAccountToken: true)",
                cause: e
            );
        }
    }
}
