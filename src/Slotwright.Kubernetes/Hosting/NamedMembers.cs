using System.Collections.Immutable;
using System.Net;
using Slotwright.Core.Cluster;

namespace Slotwright.Kubernetes.Hosting;

/// <summary>Members by their names in DNS: nobody else is asked. Their zones are what the servers say.</summary>
/// <param name="resolve">Addresses of a name; none where it is not known.</param>
public sealed class NamedMembers(ReleaseSpec release, Func<string, ImmutableArray<IPAddress>> resolve) : IMemberSource
{
    public async Task<ImmutableArray<Member>> ListAsync(CancellationToken ct) =>
        [.. await Task.WhenAll(Enumerable.Range(0, release.Shape.Members).Select(i => Task.Run(() => Of(i), ct)))];

    /// <summary>A name that is not in DNS says it by itself.</summary>
    public string? WhyNot(string member) => null;

    public void Dispose() { }

    private Member Of(int ordinal)
    {
        var name = release.MemberName(ordinal);
        var hostname = release.Hostname(name);
        var address = resolve(hostname).FirstOrDefault();
        return new Member(
            name,
            ordinal,
            null,
            null,
            address is null ? MemberPhase.Starting : MemberPhase.Running,
            new NodeAddress(address?.ToString() ?? hostname, release.ClientPort),
            hostname,
            "",
            ""
        )
        {
            BusPort = release.BusPort,
        };
    }
}
