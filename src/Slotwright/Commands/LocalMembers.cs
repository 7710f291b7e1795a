using System.Collections.Immutable;
using System.CommandLine;
using Slotwright.Core.Cluster;
using Slotwright.Local.Hosting;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary>Members of a local cluster that a verb of <c>local</c> is about.</summary>
/// <param name="Chosen">As they were before.</param>
internal sealed record LocalMembers(LocalHost Host, ImmutableArray<Member> Chosen)
{
    public ImmutableArray<string> Names => [.. Chosen.Select(m => m.Name)];

    /// <summary>Nobody is asked anything, as failures come, unless a word such as <c>primaries</c> needs it.</summary>
    public static async Task<LocalMembers> ChooseAsync(
        TargetResolver targets,
        ParseResult parsed,
        string operation,
        string[] words,
        CancellationToken ct
    )
    {
        var host = targets.OpenLocal(parsed, operation);
        var members = await host.ListMembersAsync(ct);
        var topology = Topology.Empty with { Members = Topology.Empty.Members.AddRange(Named(members)) };
        if (words.Any(w => MemberSelector.NeedsNodes(w, members)))
        {
            await using var session = targets.Session(host, targets.GivenPassword(parsed));
            topology = (await session.ObserveAsync(ct)).Topology;
        }
        return new LocalMembers(host, words.Length == 0 ? members : MemberSelector.Select(words, topology, "MEMBER"));
    }

    /// <summary>What became of them.</summary>
    /// <param name="errors">By member; null for one with which all went well.</param>
    public async Task<LocalChangeDocument> ChangeAsync(
        string action,
        Func<string, string?> errors,
        CancellationToken ct
    )
    {
        var now = Named(await Host.ListMembersAsync(ct)).ToDictionary(StringComparer.Ordinal);
        return new LocalChangeDocument(
            Host.Name,
            action,
            [.. Chosen.Select(m => LocalMemberChange.Of(m, now[m.Name], errors(m.Name)))]
        );
    }

    private static IEnumerable<KeyValuePair<string, Member>> Named(ImmutableArray<Member> members) =>
        members.Select(m => KeyValuePair.Create(m.Name, m));
}
