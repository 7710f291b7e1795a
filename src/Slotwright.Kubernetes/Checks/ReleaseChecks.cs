using System.Collections.Immutable;
using k8s.Models;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Kubernetes.Targets;

namespace Slotwright.Kubernetes.Checks;

/// <summary>What a release lacks on Kubernetes to survive what it should: pure.</summary>
internal static class ReleaseChecks
{
    private const int LeastGrace = 30;

    public static ImmutableArray<Finding> Run(ReleaseFacts facts) =>
        [
            .. Pods(facts),
            .. Resources(facts),
            .. Zones(facts),
            .. Machines(facts),
            .. Budget(facts),
            .. Storage(facts),
            .. Revisions(facts),
            .. Grace(facts),
        ];

    private static IEnumerable<Finding> Pods(ReleaseFacts facts)
    {
        var byName = facts.Pods.ToDictionary(p => p.Metadata.Name, StringComparer.Ordinal);
        var missing = facts
            .Members.Select(m => (m.Name, Why: PodState.WhyNot(byName.GetValueOrDefault(m.Name))))
            .Where(m => m.Why is not null)
            .ToArray();
        return missing.Length == 0
            ? [Ok("pods", $"all {facts.Members.Length} members' servers run")]
            :
            [
                .. missing.Select(m => new Finding(
                    "pod-not-running",
                    Verdict.Failed,
                    m.Name,
                    m.Why!,
                    "its shard has one node less, or none",
                    $"kubectl describe pod {m.Name} --namespace {facts.Set.Metadata.NamespaceProperty}"
                )),
            ];
    }

    private static IEnumerable<Finding> Resources(ReleaseFacts facts)
    {
        var server = facts.Set.Spec.Template.Spec.Containers.FirstOrDefault(c => c.Name == Release.Container);
        var (request, limit) = (Of(server?.Resources?.Requests), Of(server?.Resources?.Limits));
        yield return (request, limit) switch
        {
            (_, null) => Warning(
                "no-memory-limit",
                "container valkey has no memory limit",
                "a server that grows takes the machine's memory from others, and the kernel chooses whom to kill",
                "set resources.limits.memory, and resources.requests.memory to the same"
            ),
            (null, _) => Ok("memory", $"memory request and limit are {limit}"),
            var (r, l) when r!.ToDecimal() == l!.ToDecimal() => Ok("memory", $"memory request and limit are {limit}"),
            _ => Warning(
                "memory-request-below-limit",
                $"container valkey requests {request} of memory and may use {limit}",
                "when the machine's memory runs out, the kernel kills first what uses more than it requested",
                "set resources.requests.memory to resources.limits.memory; profile eks has it so"
            ),
        };

        static ResourceQuantity? Of(IDictionary<string, ResourceQuantity>? values) =>
            values is not null && values.TryGetValue("memory", out var value) ? value : null;
    }

    private static IEnumerable<Finding> Zones(ReleaseFacts facts)
    {
        var placed = facts.Members.Where(m => m.Machine is not null).ToArray();
        var unknown = placed.Where(m => m.Zone is null).ToArray();
        var zones = placed
            .Select(m => m.Zone)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (facts.ZonesRefused is { } refused)
        {
            yield return Unread("zones", refused, "zones are taken from what the servers say");
        }
        else if (unknown.Length > 0)
        {
            yield return Warning(
                "node-without-zone",
                $"no zone is known of {Names(unknown.Select(m => m.Machine!).Distinct(StringComparer.Ordinal))}",
                "members there are placed as if zones did not matter",
                "label the nodes with topology.kubernetes.io/zone"
            );
        }
        else if (zones.Length < 3 && placed.Length > 0)
        {
            yield return Warning(
                zones.Length == 1 ? "one-zone" : "two-zones",
                $"all members are in {(zones.Length == 1 ? "zone" : "zones")} {string.Join(" and ", zones)}",
                zones.Length == 1
                    ? "its loss takes the whole cluster"
                    : "one of two zones has half of the primaries or more: with it, the majority that elects may be lost",
                "let Kubernetes have nodes in three zones, and members spread over them"
            );
        }
        else if (placed.Length > 0)
        {
            yield return Ok("zones", $"members are in zones {string.Join(", ", zones)}");
        }
    }

    private static IEnumerable<Finding> Machines(ReleaseFacts facts)
    {
        var shared = facts
            .Members.Where(m => m.Machine is not null)
            .GroupBy(m => m.Machine!, StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToArray();
        if (shared.Length == 0)
        {
            yield return Ok("machines", "no two members share a machine");
        }
        foreach (var machine in shared)
        {
            yield return Warning(
                "machine-shared",
                $"{Names(machine.Select(m => m.Name))} run on {machine.Key}",
                "its loss takes all of them at once",
                "have as many nodes as members, or set tuning.strictHostAntiAffinity to true"
            );
        }
    }

    private static IEnumerable<Finding> Budget(ReleaseFacts facts)
    {
        if (facts.Budgets is not { } budgets)
        {
            yield return Unread(
                "disruption-budget",
                facts.BudgetsRefused!,
                "it can't be told whether drains are held back"
            );
            yield break;
        }
        var labels = facts.Set.Spec.Template.Metadata.Labels;
        var matching = budgets.Where(b => Selects(b.Spec.Selector, labels)).ToArray();
        if (matching.Length == 0)
        {
            yield return Warning(
                "no-disruption-budget",
                "no PodDisruptionBudget selects the members",
                "a drain of several nodes may take a primary and its replicas at the same time",
                "set pdb.enabled to true"
            );
        }
        else if (matching.Length > 1)
        {
            yield return Warning(
                "two-disruption-budgets",
                $"{Names(matching.Select(b => b.Metadata.Name))} select the members",
                "Kubernetes evicts no pod that two budgets select: every drain stops",
                "leave one of them"
            );
        }
        else if (matching[0].Spec.MaxUnavailable?.Value is { } most and not ("1" or "0"))
        {
            yield return Warning(
                "disruption-budget-wide",
                $"{matching[0].Metadata.Name} lets {most} members be away at once",
                "they may be all nodes of one shard",
                "set pdb.maxUnavailable to 1"
            );
        }
        else
        {
            yield return Ok("disruption-budget", $"{matching[0].Metadata.Name} lets one member be away at once");
        }
    }

    private static bool Selects(V1LabelSelector? selector, IDictionary<string, string> labels) =>
        selector is { MatchExpressions: null or { Count: 0 } }
        && (selector.MatchLabels ?? new Dictionary<string, string>(StringComparer.Ordinal)).All(l =>
            labels.TryGetValue(l.Key, out var value) && value == l.Value
        );

    private static IEnumerable<Finding> Storage(ReleaseFacts facts)
    {
        if (facts.Set.Spec.VolumeClaimTemplates is not { Count: > 0 })
        {
            yield return Warning(
                "no-persistence",
                "members keep their data in memory alone",
                "a member that restarts is empty; when a shard's nodes restart together, its data is lost",
                "set persistence.enabled to true where the data can't be had again"
            );
            yield break;
        }
        if (facts.StorageClassesRefused is { } refused)
        {
            yield return Unread("storage-class", refused, "it can't be told whether volumes follow the pods' zones");
            yield break;
        }
        foreach (var (name, storage) in facts.StorageClasses)
        {
            yield return storage switch
            {
                null => new Finding(
                    "storage-class-missing",
                    Verdict.Failed,
                    name,
                    $"there is no StorageClass {name}",
                    "new members get no volume, and wait for ever",
                    "make it, or set persistence.storageClass to one that is there"
                ),
                { VolumeBindingMode: null or "Immediate" } => Warning(
                    "volume-binding-immediate",
                    $"StorageClass {name} binds volumes before a pod has a node",
                    "the volume's zone then decides where the member runs, not the spread over zones",
                    "use a class with volumeBindingMode: WaitForFirstConsumer"
                ),
                { AllowVolumeExpansion: not true } => Warning(
                    "volume-not-expandable",
                    $"StorageClass {name} does not let volumes grow",
                    "a volume that fills up stops the member's writes",
                    "set allowVolumeExpansion: true on the class"
                ),
                _ => Ok("storage-class", $"StorageClass {name} binds late and lets volumes grow"),
            };
        }
    }

    private static IEnumerable<Finding> Revisions(ReleaseFacts facts)
    {
        var old = facts
            .Members.Where(m =>
                m.Revision.Length > 0 && m.DesiredRevision.Length > 0 && m.Revision != m.DesiredRevision
            )
            .ToArray();
        yield return old.Length == 0
            ? Ok("revision", "all members run the revision that is wanted")
            : Warning(
                "revision-old",
                $"{Names(old.Select(m => m.Name))} run another revision than {old[0].DesiredRevision}, which is wanted",
                "a rolling update is under way, or waits: with updateStrategy OnDelete for somebody who restarts them",
                $"kubectl rollout status statefulset/{facts.Set.Metadata.Name} --namespace {facts.Set.Metadata.NamespaceProperty}"
            );
    }

    private static IEnumerable<Finding> Grace(ReleaseFacts facts)
    {
        var grace = facts.Set.Spec.Template.Spec.TerminationGracePeriodSeconds ?? LeastGrace;
        yield return grace >= LeastGrace
            ? Ok("grace-period", $"members have {grace} s to hand over and save")
            : Warning(
                "grace-period-short",
                $"members have only {grace} s to hand over and save",
                "a primary that is killed before it handed over is replaced only after the node timeout",
                $"set statefulset.terminationGracePeriodSeconds to {LeastGrace} or more"
            );
    }

    private static string Names(IEnumerable<string> names) =>
        names.ToArray() is var all && all.Length > 6
            ? $"{string.Join(", ", all.Take(5))} and {all.Length - 5} more"
            : string.Join(", ", all);

    private static Finding Ok(string code, string what) => new(code, Verdict.Ok, "release", what, "", "");

    private static Finding Warning(string code, string what, string why, string remedy) =>
        new(code, Verdict.Warning, "release", what, why, remedy);

    /// <summary>Who may only see a namespace is not told each time that something is wrong.</summary>
    private static Finding Unread(string code, OperationFailedException e, string why) =>
        new($"{code}-unread", Verdict.Warning, "release", e.Message, why, e.Next ?? "");
}
