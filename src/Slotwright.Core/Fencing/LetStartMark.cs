using Slotwright.Core.Cluster;

namespace Slotwright.Core.Fencing;

/// <summary>
/// The name of a connection to a held-back server by which somebody who has the password says: wait for nobody. The
/// member's start looks for it; it is gone with the program that keeps the connection.
/// </summary>
public static class LetStartMark
{
    private const string Prefix = "slotwright-let-start:";

    /// <param name="node">The node that is held back: an address may be another's by now.</param>
    public static string ConnectionName(NodeId node) => $"{Prefix}{node}";

    /// <param name="clients">The reply to CLIENT LIST.</param>
    public static bool IsIn(string clients, NodeId node) =>
        clients.Contains($" name={ConnectionName(node)} ", StringComparison.Ordinal);
}
