using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>The primary that is meant by a word: of a shard, or one that owns no slots yet.</summary>
internal static class SlotEnd
{
    /// <exception cref="BadInputException">It names none, or several.</exception>
    public static Node Select(string word, Topology topology, string where)
    {
        var members = MemberSelector.Select(word, topology, where);
        return
            members.Length == 1
            && topology.NodeOf(members[0].Name) is { IsPrimary: true, Joined: true, Slots.IsEmpty: true } empty
            ? empty
            : ShardSelector.Select(word, topology, where).Primary;
    }
}
