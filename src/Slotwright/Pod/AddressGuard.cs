using System.Net;
using System.Net.Sockets;
using Slotwright.Local.Healing;
using Slotwright.Operations.Running;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// Tells the server before its start where the others are now. Pods come back with new addresses, and nodes remember
/// each other by address: when all have moved at once, nobody would find anybody.
/// </summary>
internal static class AddressGuard
{
    /// <summary>
    /// How long names may take to come into DNS. A member that is away for longer, as one that can't be scheduled, finds
    /// the others by its own file when it comes.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(PodEnvironment pod, PodLog log, TimeProvider time, CancellationToken ct)
    {
        var disk = new NodesFileOnDisk(pod.Paths.Nodes);
        if (disk.Read() is not { Nodes.Length: > 1 } file)
        {
            return;
        }
        var found = await ResolveAsync(pod, [pod.Fqdn, .. file.PeerNames()], log, time, ct);
        foreach (var change in disk.Heal(file, found))
        {
            log.Report($"nodes.conf: {change}");
        }
    }

    private static async Task<Dictionary<string, string>> ResolveAsync(
        PodEnvironment pod,
        HashSet<string> missing,
        PodLog log,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var family = IPAddress.Parse(pod.Ip).AddressFamily;
        var all = await Wait.UntilAsync(
            async inner =>
            {
                // all at once: where DNS is silent, each would have its own patience
                var looks = missing.Select(async name => (name, await AddressAsync(pod, name, family, time, inner)));
                foreach (var (name, address) in await Task.WhenAll(looks))
                {
                    if (address is not null)
                    {
                        found[name] = address;
                        missing.Remove(name);
                    }
                }
                return missing.Count == 0;
            },
            Patience,
            time,
            ct
        );
        if (!all)
        {
            log.Report(
                $"DNS does not know {string.Join(", ", missing.Order(StringComparer.Ordinal))} after {Patience.TotalSeconds:0} s: the server goes on with what it remembers of them"
            );
        }
        return found;
    }

    /// <returns>Null also where DNS is not up to date yet: it gives this pod an old address, or another its own.</returns>
    private static async Task<string?> AddressAsync(
        PodEnvironment pod,
        string name,
        AddressFamily family,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var addresses = await PodNames.ResolveAsync(pod.Paths, name, time, ct);
        var address = addresses.FirstOrDefault(a => a.AddressFamily == family)?.ToString();
        return name == pod.Fqdn == (address == pod.Ip) ? address : null;
    }
}
