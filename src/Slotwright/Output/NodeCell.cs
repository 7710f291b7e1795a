using Slotwright.Core.Cluster;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>One node in a map: what it is, its name, and how it does. As markup.</summary>
internal static class NodeCell
{
    /// <summary>Stands for "in sync" where there is little room.</summary>
    public const string InSyncMark = "✓";

    /// <param name="primary">Whom it replicates, to tell how far it is behind; null where that is not known.</param>
    public static string Of(Node node, Node? primary, Topology topology, bool withZone = false, bool isBrief = false)
    {
        var zone = withZone && topology.ZoneOf(node) is { } z ? $" [dim]{Markup.Escape(z)}[/]" : "";
        var name = Markup.Escape(node.Label);
        if (node.Member is null)
        {
            return $"[yellow]?[/] {name} [dim]{node.Id.Short}, held by no member[/]";
        }
        if (!node.Reachable || node.Failed)
        {
            return $"[red]✗ {name} {(node.Reachable ? "failed" : "down")}[/]{zone}";
        }
        if (node.IsHeldBack)
        {
            return $"[red]✗ {name} held back[/]{zone}";
        }
        if (node.IsPrimary)
        {
            return $"[green]●[/] [bold]{name}[/]{zone}";
        }
        var lag = Lag(node, primary);
        var link = node.Link switch
        {
            LinkState.InSync when lag == 0 => isBrief ? $"[green]{InSyncMark}[/]" : "[dim]in sync[/]",
            LinkState.InSync => $"[dim]{Sizes.Of(lag)} behind[/]",
            LinkState.Syncing => "[yellow]syncing[/]",
            _ => "[red]link down[/]",
        };
        return $"○ {name} {link}{zone}";
    }

    /// <summary>It is said of it that it is in sync.</summary>
    public static bool IsInSync(Node node, Node primary) =>
        node
            is {
                Member: not null,
                Reachable: true,
                Failed: false,
                IsHeldBack: false,
                IsPrimary: false,
                Link: LinkState.InSync
            }
        && Lag(node, primary) == 0;

    private static long Lag(Node node, Node? primary) =>
        primary is { Reachable: true } ? Math.Max(0, primary.Offset - node.Offset) : 0;
}
