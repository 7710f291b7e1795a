using System.Collections.Immutable;
using System.Text;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Cluster;

/// <summary>
/// Members as people name them: a member's name, <c>all</c>, <c>primaries</c>, <c>replicas</c>, <c>zone:az-a</c>, and
/// by what their primary owns <c>key:NAME</c> and <c>slot:N</c>.
/// </summary>
public static class MemberSelector
{
    public const string Forms = "MEMBER, all, primaries, replicas, zone:ZONE, key:NAME or slot:N";

    internal const string Remedy = $"write {Forms}";

    /// <summary>The members that any of the words names, each once, in the order of the cluster; never none.</summary>
    /// <param name="where">The option or argument that holds the words.</param>
    /// <exception cref="BadInputException">Words that name nothing: all of them, with what there is.</exception>
    /// <exception cref="OperationFailedException">Nobody owns the slot that is meant.</exception>
    public static ImmutableArray<Member> Select(IEnumerable<string> words, Topology topology, string where)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var word in words)
        {
            var (names, problem) = Find(word, topology, where);
            found.UnionWith(names);
            if (problem is not null)
            {
                problems.Add(problem);
            }
        }
        return problems.Count == 0
            ? [.. InOrder(topology).Where(m => found.Contains(m.Name))]
            : throw new BadInputException([.. problems]);
    }

    /// <inheritdoc cref="Select(IEnumerable{string}, Topology, string)"/>
    public static ImmutableArray<Member> Select(string word, Topology topology, string where) =>
        Select([word], topology, where);

    /// <summary>A word says what it says only where nodes and their roles are known, not from the members alone.</summary>
    public static bool NeedsNodes(string word, IEnumerable<Member> members) =>
        (
            word is "primaries" or "replicas"
            || word.StartsWith("key:", StringComparison.Ordinal)
            || word.StartsWith("slot:", StringComparison.Ordinal)
        ) && !members.Any(m => m.Name == word);

    /// <summary>What a word could be, for completion: names and zones, then the words that name many.</summary>
    public static ImmutableArray<string> Candidates(IEnumerable<Member> members)
    {
        ImmutableArray<Member> all = [.. members];
        return
        [
            .. all.OrderBy(m => m.Ordinal).Select(m => m.Name),
            .. Zones(all).Select(z => $"zone:{z}"),
            "all",
            "primaries",
            "replicas",
        ];
    }

    private static (IEnumerable<string> Names, Problem? Problem) Find(string word, Topology topology, string where)
    {
        if (Named(word, topology) is { } member)
        {
            return ([member.Name], null);
        }
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        var (kind, rest) = colon < 0 ? (word, "") : (word[..colon], word[(colon + 1)..]);
        return (kind, colon >= 0) switch
        {
            ("all", false) => Some(topology.Members.Keys, "there are no members"),
            ("primaries", false) => Some(MembersOf(topology, n => n.IsPrimary), RoleUnknown(topology, "primary")),
            ("replicas", false) => Some(MembersOf(topology, n => !n.IsPrimary), RoleUnknown(topology, "replica")),
            ("zone", true) => Some(
                topology.Members.Values.Where(m => m.Zone == rest).Select(m => m.Name),
                NoZone(topology, rest)
            ),
            ("key", true) => (OwnerOf(topology, HashSlot.Of(Encoding.UTF8.GetBytes(rest)), $"the key '{rest}'"), null),
            ("slot", true) => SlotRange.TryParse(rest, null, out var range) && range.Count == 1
                ? (OwnerOf(topology, range.First, $"slot {range.First}"), null)
                : None($"'{rest}' is no slot", $"slots are numbers from 0 to {HashSlot.Count - 1}"),
            _ => None($"there is no member '{word}'; {WhatThereIs(topology)}", Remedy),
        };

        (IEnumerable<string>, Problem?) Some(IEnumerable<string> names, string otherwise) =>
            names.ToArray() is { Length: > 0 } some ? (some, null) : None(otherwise, Remedy);

        (IEnumerable<string>, Problem?) None(string what, string remedy) => ([], new Problem(where, what, remedy));
    }

    private static Member? Named(string word, Topology topology) =>
        topology.Members.GetValueOrDefault(word)
        ?? topology.Members.Values.FirstOrDefault(m => m.Hostname.Length > 0 && m.Hostname == word);

    private static IEnumerable<string> OwnerOf(Topology topology, int slot, string what) =>
        topology.OwnerOf(slot) switch
        {
            { Member: { } member } => [member],
            { } stranger => throw new OperationFailedException(
                $"{what} is owned by {stranger.Label}, which is no member of this cluster",
                next: "slotwright status shows what is known of it"
            ),
            null => throw new OperationFailedException(
                what.StartsWith("slot", StringComparison.Ordinal)
                    ? $"nobody owns {what}"
                    : $"nobody owns slot {slot} of {what}",
                next: topology.Covered().IsEmpty
                    ? "form the cluster first: slotwright bootstrap, on members of a host"
                    : "slotwright verify shows which slots have no owner"
            ),
        };

    /// <summary>A primary that is dead and has lost its slots to another is none any more.</summary>
    private static IEnumerable<string> MembersOf(Topology topology, Func<Node, bool> isWanted) =>
        topology
            .Nodes.Where(n => isWanted(n) && !(n.IsPrimary && n.Failed && n.Slots.IsEmpty))
            .Select(n => n.Member)
            .OfType<string>();

    private static string RoleUnknown(Topology topology, string role) =>
        topology.Nodes.IsEmpty ? "roles are not known here" : $"no member is a {role}";

    private static string NoZone(Topology topology, string zone) =>
        Zones(topology.Members.Values) is { Length: > 0 } zones
            ? $"there is no member in zone '{zone}'; there {(zones.Length == 1 ? "is" : "are")} {string.Join(", ", zones)}"
            : $"there is no member in zone '{zone}': no member's zone is known";

    private static string WhatThereIs(Topology topology)
    {
        var names = InOrder(topology).Select(m => m.Name).ToArray();
        return names.Length switch
        {
            0 => "there are none",
            1 => $"there is {names[0]}",
            <= 9 => $"there are {string.Join(", ", names)}",
            _ => $"there are {names.Length}, {names[0]} to {names[^1]}",
        };
    }

    private static ImmutableArray<string> Zones(IEnumerable<Member> members) =>
        [
            .. members
                .Select(m => m.Zone)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    private static IEnumerable<Member> InOrder(Topology topology) =>
        topology.Members.Values.OrderBy(m => m.Ordinal).ThenBy(m => m.Name, StringComparer.Ordinal);
}
