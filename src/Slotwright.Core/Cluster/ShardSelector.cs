using System.Collections.Immutable;
using Slotwright.Core.Failures;

namespace Slotwright.Core.Cluster;

/// <summary>A shard as people name it: <c>slot:N</c>, or any of its members.</summary>
public static class ShardSelector
{
    private const string Forms = "name one shard: slot:N, key:NAME or a member of it";

    /// <param name="where">The option or argument that holds the word.</param>
    /// <exception cref="BadInputException">It names no member, several, or one that is in no shard.</exception>
    /// <exception cref="OperationFailedException">Nobody owns the slot that is meant.</exception>
    public static Shard Select(string word, Topology topology, string where)
    {
        var members = Members(word, topology, where);
        if (members.Length > 1)
        {
            throw Bad($"'{word}' names {members.Length} members", Forms);
        }
        var node = topology.NodeOf(members[0].Name);
        return topology.Shards().FirstOrDefault(s => s.Nodes.Any(n => n.Id == node?.Id))
            ?? throw Bad(
                $"{members[0].Name} is in no shard",
                "name slot:N, or a member that owns slots or replicates one"
            );

        BadInputException Bad(string what, string remedy) => new(new Problem(where, what, remedy));
    }

    private static ImmutableArray<Member> Members(string word, Topology topology, string where)
    {
        try
        {
            return MemberSelector.Select(word, topology, where);
        }
        catch (BadInputException e)
        {
            // of the forms that a member has, some never name a shard
            throw new BadInputException([
                .. e.Problems.Select(p => p.Remedy == MemberSelector.Remedy ? p with { Remedy = Forms } : p),
            ]);
        }
    }
}
