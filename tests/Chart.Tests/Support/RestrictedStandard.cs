using k8s.Models;

namespace Slotwright.Chart.Tests.Support;

/// <summary>
/// The Pod Security Standard "restricted", as far as these pods can break it. Source: kubernetes.io, Pod Security
/// Standards.
/// </summary>
internal static class RestrictedStandard
{
    public static IEnumerable<string> Problems(PodOf pod)
    {
        foreach (var volume in pod.Spec.Volumes.Where(v => v.HostPath is not null))
        {
            yield return $"{pod}: host path {volume.Name}";
        }
        if (pod.Spec.HostNetwork == true || pod.Spec.HostPID == true || pod.Spec.HostIPC == true)
        {
            yield return $"{pod}: the host's namespaces";
        }
        foreach (var container in pod.Containers)
        {
            foreach (var problem in Problems(container.SecurityContext ?? new(), pod.Spec.SecurityContext ?? new()))
            {
                yield return $"{pod}, {container.Name}: {problem}";
            }
        }
    }

    private static IEnumerable<string> Problems(V1SecurityContext c, V1PodSecurityContext pod)
    {
        if (c.Privileged == true)
        {
            yield return "privileged";
        }
        if (c.AllowPrivilegeEscalation != false)
        {
            yield return "allowPrivilegeEscalation is not false";
        }
        if (c.Capabilities?.Drop?.Contains("ALL") != true || c.Capabilities.Add?.Count > 0)
        {
            yield return "capabilities are not dropped";
        }
        if ((c.RunAsNonRoot ?? pod.RunAsNonRoot) != true || (c.RunAsUser ?? pod.RunAsUser) == 0)
        {
            yield return "may run as root";
        }
        if ((c.SeccompProfile ?? pod.SeccompProfile)?.Type is not ("RuntimeDefault" or "Localhost"))
        {
            yield return "no seccomp profile";
        }
    }
}
