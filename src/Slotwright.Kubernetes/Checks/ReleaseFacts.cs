using System.Collections.Immutable;
using k8s.Models;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;

namespace Slotwright.Kubernetes.Checks;

/// <summary>What Kubernetes says of a release and what surrounds it; what may not be read is told with its reason.</summary>
/// <param name="Pods">Those of members that exist.</param>
/// <param name="ZonesRefused">Why zones are not known; null where nodes may be read.</param>
/// <param name="Budgets">Null where they may not be read.</param>
/// <param name="StorageClasses">Of the claim templates, by name; a class that does not exist, or may not be read, is null.</param>
internal sealed record ReleaseFacts(
    V1StatefulSet Set,
    ImmutableArray<Member> Members,
    ImmutableArray<V1Pod> Pods,
    OperationFailedException? ZonesRefused,
    ImmutableArray<V1PodDisruptionBudget>? Budgets,
    OperationFailedException? BudgetsRefused,
    ImmutableSortedDictionary<string, V1StorageClass?> StorageClasses,
    OperationFailedException? StorageClassesRefused
);
