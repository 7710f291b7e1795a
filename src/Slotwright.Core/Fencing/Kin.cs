using System.Collections.Immutable;
using Slotwright.Core.Healing;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Fencing;

/// <summary>
/// Those who answer and have to do with a member: an address that was a peer's may be another cluster's by now, whose
/// claims to the same slots must not count.
/// </summary>
internal static class Kin
{
    /// <param name="hostname">Of the member.</param>
    /// <param name="file">What its server remembers; null where nothing is left.</param>
    public static Observation Of(Observation seen, string hostname, NodesFile? file)
    {
        var kin = seen.Views.Where(v => v.Report is null || IsKin(v.Report, hostname, file)).ToImmutableArray();
        return kin.Length == seen.Views.Length ? seen : Merge.Of([.. seen.Topology.Members.Values], kin);
    }

    private static bool IsKin(NodeReport report, string hostname, NodesFile? file) =>
        file?.Self is { } self
            ? file.Nodes.Any(n => n.Id == report.Id) || report.Known.Any(p => p.Id == self.Id)
            : report.Known.Any(p => string.Equals(p.Hostname, hostname, StringComparison.OrdinalIgnoreCase));
}
