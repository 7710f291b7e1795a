using System.Collections.Immutable;
using k8s.Models;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Kubernetes.Targets;

namespace Slotwright.Kubernetes.Checks;

/// <summary>Asks Kubernetes what a release lacks, with a remedy each.</summary>
public static class ReleaseDoctor
{
    public static async Task<ImmutableArray<Finding>> ExamineAsync(KubernetesTarget target, CancellationToken ct)
    {
        var (api, release, set, pods, zones) = await target.ExamineAsync(ct);
        var known = await zones.OfAsync(
            pods.Select(p => p.Spec?.NodeName).OfType<string>().Where(n => n.Length > 0),
            ct
        );
        var (budgets, budgetsRefused) = await TryAsync(() => api.BudgetsAsync(release.Namespace, ct));
        var classes = (set.Spec.VolumeClaimTemplates ?? [])
            .Select(c => c.Spec.StorageClassName)
            .OfType<string>()
            .Where(n => n.Length > 0)
            .Distinct(StringComparer.Ordinal);
        var found = ImmutableSortedDictionary.CreateBuilder<string, V1StorageClass?>(StringComparer.Ordinal);
        OperationFailedException? classesRefused = null;
        foreach (var name in classes)
        {
            (found[name], var refused) = await TryAsync(() => api.StorageClassAsync(name, ct)!);
            classesRefused ??= refused;
        }
        return ReleaseChecks.Run(
            new ReleaseFacts(
                set,
                PodMembers.Of(release, pods, known),
                [.. pods],
                zones.Refusal,
                budgets?.ToImmutableArray(),
                budgetsRefused,
                found.ToImmutable(),
                classesRefused
            )
        );
    }

    private static async Task<(T? Value, OperationFailedException? Refused)> TryAsync<T>(Func<Task<T>> ask)
        where T : class?
    {
        try
        {
            return (await ask(), null);
        }
        catch (OperationFailedException e)
        {
            return (null, e);
        }
    }
}
