using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Waves;

/// <summary>Which members have to be restarted. One that does not run counts, whatever was tried with it last.</summary>
public static class Outdated
{
    public static bool Is(Member member, Topology topology) =>
        IsDown(member, topology) || !string.Equals(member.Revision, member.DesiredRevision, StringComparison.Ordinal);

    /// <summary>
    /// Its host or the other nodes say that it is gone: nobody loses anything when it is restarted. One that runs and
    /// did not answer in time is not.
    /// </summary>
    public static bool IsDown(Member member, Topology topology) =>
        member.Phase is MemberPhase.Stopped
        || topology.NodeOf(member.Name) is null or { Reachable: false, Failed: true };

    public static bool Is(Node node, Topology topology) =>
        node.Member is { } name && topology.Members.TryGetValue(name, out var member) && Is(member, topology);

    public static bool IsDown(Node node, Topology topology) =>
        node.Member is not { } name || !topology.Members.TryGetValue(name, out var member) || IsDown(member, topology);
}
