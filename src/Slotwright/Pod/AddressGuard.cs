using System.Net;
using System.Net.Sockets;
using Slotwright.Core.Pods;
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
        var (wanted, start) = (missing.Count, time.GetTimestamp());
        var last = start;
        await Wait.UntilAsync(
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
                        last = time.GetTimestamp();
                    }
                }
                return NamePatience.IsOver(found.Count, wanted, found.ContainsKey(pod.Fqdn), time.GetElapsedTime(last));
            },
            NamePatience.Longest,
            time,
            ct
        );
        if (missing.Count > 0)
        {
            log.Report(
                $"DNS does not know {string.Join(", ", missing.Order(StringComparer.Ordinal))} after {time.GetElapsedTime(start).TotalSeconds:0} s: the server goes on with what it remembers of them"
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
