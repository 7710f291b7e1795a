using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Local.Hosting;

namespace Slotwright.Targets;

/// <summary>A target as it is written: <c>local:NAME</c>, <c>nodes:HOST:PORT,...</c>.</summary>
/// <param name="Local">The local cluster's name; null on another kind of target.</param>
/// <param name="Seeds">Addresses of a <c>nodes:</c> target; empty on another kind.</param>
internal sealed record TargetName(string? Local, ImmutableArray<NodeAddress> Seeds)
{
    public static readonly TargetName Default = new(LocalSpec.DefaultName, []);

    /// <param name="where">The option or variable that holds it.</param>
    public static bool TryParse(
        string text,
        string where,
        [NotNullWhen(true)] out TargetName? name,
        out ImmutableArray<Problem> problems
    )
    {
        name = null;
        problems = [];
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (kind, rest) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
        switch (kind)
        {
            case "local" when rest.Length > 0:
                name = new TargetName(rest, []);
                break;
            case "nodes" when rest.Length > 0:
                var parts = rest.Split(',');
                problems =
                [
                    .. parts
                        .Where(p => !NodeAddress.TryParse(p, null, out _))
                        .Select(p => new Problem(where, $"'{p}' is not an address", "write HOST:PORT")),
                ];
                name = problems.IsEmpty ? new TargetName(null, [.. parts.Select(NodeAddress.Parse)]) : null;
                break;
            case "k8s":
                problems = [new(where, "k8s: targets are not there yet", "reach the pods by nodes:HOST:PORT")];
                break;
            default:
                problems = [new(where, $"'{text}' is no target", "write local:NAME or nodes:HOST:PORT[,HOST:PORT...]")];
                break;
        }
        return name is not null;
    }
}
