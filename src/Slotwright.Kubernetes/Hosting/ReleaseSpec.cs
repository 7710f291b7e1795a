using Slotwright.Core.Cluster;

namespace Slotwright.Kubernetes.Hosting;

/// <summary>What a release's Job is told of it.</summary>
/// <param name="StatefulSet">Members are its pods: its name, a dash and their ordinal.</param>
/// <param name="Service">The headless Service's full name in DNS; members' names are in front of it.</param>
public sealed record ReleaseSpec(
    string Namespace,
    string Release,
    string StatefulSet,
    string Service,
    ClusterShape Shape,
    int ClientPort,
    int BusPort
)
{
    public string MemberName(int ordinal) => $"{StatefulSet}-{ordinal}";

    public string Hostname(string member) => $"{member}.{Service}";
}
