using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Steps;

/// <summary>The host ends its members with the highest ordinals, and has fewer from then on.</summary>
/// <param name="Shape">What the host is to have from then on.</param>
public sealed record RemoveMembers(ImmutableArray<string> Members, ClusterShape Shape) : Step
{
    /// <summary>Their volumes go with them; else they stay.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DeletesVolumes { get; init; }

    /// <summary>Former members whose volumes go as well; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Orphans { get; init; }

    public override string Describe() => string.Join("; ", Ending.Concat(Deleting));

    public override Topology ApplyTo(Topology before) =>
        new(
            before.Members.RemoveRange(Members),
            before.Nodes.RemoveAll(n => n.Member is { } member && Members.Contains(member, StringComparer.Ordinal))
        );

    public override bool IsDone(Topology now) => !now.Members.IsEmpty && !Members.Any(now.Members.ContainsKey);

    private IEnumerable<string> Ending =>
        Members.IsEmpty
            ? []
            :
            [
                $"{string.Join(", ", Members)} {(Members.Length == 1 ? "ends" : "end")}"
                    + (DeletesVolumes ? ", and the data goes" : "; the data stays on its volumes"),
            ];

    private IEnumerable<string> Deleting =>
        Orphans is { } gone ? [$"what {string.Join(", ", gone)} left is deleted"] : [];
}
