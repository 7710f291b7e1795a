using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Local.Hosting;

namespace Slotwright.Targets;

/// <summary>A target as it is written: <c>local:NAME</c>, <c>k8s:NAMESPACE/RELEASE</c>, <c>nodes:HOST:PORT,...</c>.</summary>
/// <param name="Local">The local cluster's name; null on another kind of target.</param>
/// <param name="Seeds">Addresses of a <c>nodes:</c> target; empty on another kind.</param>
internal sealed record TargetName(string? Local, ImmutableArray<NodeAddress> Seeds)
{
    /// <summary>Of a <c>k8s:</c> target; null on another kind.</summary>
    public ReleaseName? Release { get; init; }

    /// <summary>The option or variable that named it; its own name where none did.</summary>
    public string Where { get; init; } = "--target";

    /// <summary>What people call a target of its kind: <c>k8s: target</c>.</summary>
    public string Kind =>
        Local is not null ? "local: target"
        : Release is not null ? "k8s: target"
        : "nodes: target";

    public static readonly TargetName Default = new(LocalSpec.DefaultName, [])
    {
        Where = $"local:{LocalSpec.DefaultName}",
    };

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
                name = new TargetName(rest, []) { Where = where };
                break;
            case "nodes" when rest.Length > 0:
                var parts = rest.Split(',');
                problems =
                [
                    .. parts
                        .Where(p => !NodeAddress.TryParse(p, null, out _))
                        .Select(p => new Problem(where, $"'{p}' is not an address", "write HOST:PORT")),
                ];
                name = problems.IsEmpty
                    ? new TargetName(null, [.. parts.Select(NodeAddress.Parse)]) { Where = where }
                    : null;
                break;
            case "k8s":
                var release = ReleaseName.TryParse(rest);
                problems = release is null
                    ? [new(where, $"'{text}' names no release", "write k8s:NAMESPACE/RELEASE")]
                    : [];
                name = release is null ? null : new TargetName(null, []) { Release = release, Where = where };
                break;
            default:
                problems =
                [
                    new(
                        where,
                        $"'{text}' is no target",
                        "write local:NAME, k8s:NAMESPACE/RELEASE or nodes:HOST:PORT[,HOST:PORT...]"
                    ),
                ];
                break;
        }
        return name is not null;
    }
}
