namespace Slotwright.Kubernetes.Access;

/// <summary>Which cluster of Kubernetes is meant, and as whom: what kubectl takes too.</summary>
/// <param name="KubeConfig">The one file that counts; null for those that the environment names.</param>
/// <param name="Context">A context of it; null for the current one.</param>
/// <param name="Environment">Environment variables by name: KUBECONFIG, HOME, KUBERNETES_SERVICE_HOST; null where one is not set.</param>
public sealed record KubeOptions(string? KubeConfig, string? Context, Func<string, string?> Environment)
{
    internal string? Variable(string name) => Environment(name) is { Length: > 0 } value ? value : null;
}
