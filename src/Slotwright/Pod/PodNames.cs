using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Slotwright.Pod;

/// <summary>Names in DNS. Where a pod's life is rehearsed, a file in the form of /etc/hosts stands for the cluster's DNS.</summary>
internal static class PodNames
{
    /// <summary>Longer, and a probe would not end in its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>None where the name is not known, or nobody answers in time.</returns>
    public static ImmutableArray<IPAddress> Resolve(PodPaths paths, string name) =>
        ResolveAsync(paths, name, TimeProvider.System, default).GetAwaiter().GetResult();

    /// <inheritdoc cref="Resolve"/>
    public static async Task<ImmutableArray<IPAddress>> ResolveAsync(
        PodPaths paths,
        string name,
        TimeProvider time,
        CancellationToken ct
    )
    {
        if (name.Length == 0)
        {
            return [];
        }
        if (paths.Root.Length > 0)
        {
            return FromFile(paths.Hosts, name);
        }
        try
        {
            return [.. await Dns.GetHostAddressesAsync(name, ct).WaitAsync(Patience, time, ct)];
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            return [];
        }
    }

    private static ImmutableArray<IPAddress> FromFile(string file, string name) =>
        File.Exists(file)
            ?
            [
                .. File.ReadLines(file)
                    .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                    .Where(words => words.Skip(1).Contains(name, StringComparer.Ordinal))
                    .Select(words => IPAddress.Parse(words[0])),
            ]
            : [];
}
