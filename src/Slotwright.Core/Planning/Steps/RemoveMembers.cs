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

    public override string Describe() =>
        $"{string.Join(", ", Members)} {(Members.Length == 1 ? "ends" : "end")}"
        + (DeletesVolumes ? ", and the data goes" : "; the data stays on its volumes");

    public override Topology ApplyTo(Topology before) =>
        new(
            before.Members.RemoveRange(Members),
            before.Nodes.RemoveAll(n => n.Member is { } member && Members.Contains(member, StringComparer.Ordinal))
        );

    public override bool IsDone(Topology now) => !now.Members.IsEmpty && !Members.Any(now.Members.ContainsKey);
}
