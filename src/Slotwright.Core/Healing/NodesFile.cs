using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Slotwright.Core.Healing;

/// <summary>nodes.conf, a server's memory of its cluster: a line a node, and one of variables.</summary>
/// <param name="Rest">All other lines, such as <c>vars currentEpoch 6 lastVoteEpoch 0</c>.</param>
public sealed record NodesFile(ImmutableArray<NodesFileLine> Nodes, ImmutableArray<string> Rest)
{
    /// <summary>The node that wrote the file; null where it has no node at all.</summary>
    public NodesFileLine? Self => Nodes.FirstOrDefault(n => n.IsSelf);

    /// <param name="damages">Every line that can't be understood, by its number, and what is wrong with it.</param>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out NodesFile? file,
        out ImmutableArray<string> damages
    )
    {
        var nodes = ImmutableArray.CreateBuilder<NodesFileLine>();
        var rest = ImmutableArray.CreateBuilder<string>();
        var wrong = ImmutableArray.CreateBuilder<string>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }
            if (line.StartsWith("vars ", StringComparison.Ordinal))
            {
                rest.Add(line);
            }
            else if (NodesFileLine.TryParse(line, out var node, out var damage))
            {
                nodes.Add(node);
            }
            else
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}: {damage}"));
            }
        }
        if (wrong.Count == 0)
        {
            wrong.AddRange(Doubts(nodes));
        }
        damages = wrong.ToImmutable();
        file = damages.IsEmpty ? new NodesFile(nodes.ToImmutable(), rest.ToImmutable()) : null;
        return file is not null;
    }

    /// <summary>The names of the other nodes whose addresses are of use.</summary>
    public ImmutableArray<string> PeerNames() =>
        [.. Nodes.Where(IsPeer).Select(n => n.Hostname).Distinct(StringComparer.Ordinal)];

    /// <summary>As the server reads it.</summary>
    public string Render() => string.Concat(Nodes.Select(n => n.Text).Concat(Rest).Select(line => $"{line}\n"));

    /// <summary>Another node that announces a name, and is the one that bears it now.</summary>
    internal bool IsPeer(NodesFileLine node) =>
        node is { IsSelf: false, HasAddress: true, Hostname.Length: > 0 } && !IsSucceeded(node);

    /// <summary>The id that a lost volume left behind has failed, and bears the name of the member's new one.</summary>
    private bool IsSucceeded(NodesFileLine node) =>
        node.HasFailed && Nodes.Any(other => !other.HasFailed && other.Hostname == node.Hostname);

    private static IEnumerable<string> Doubts(IEnumerable<NodesFileLine> nodes)
    {
        var all = nodes.ToList();
        if (all.Count > 0 && all.Count(n => n.IsSelf) != 1)
        {
            yield return "not exactly one line says 'myself'";
        }
        foreach (var twice in all.GroupBy(n => n.Id).Where(g => g.Skip(1).Any()))
        {
            yield return $"more than one line begins with {twice.Key}";
        }
    }
}
