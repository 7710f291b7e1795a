using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Local.Hosting;
using Slotwright.Local.Servers;
using Slotwright.Local.State;

namespace Slotwright.Bench.Create;

/// <summary>Empty servers in cluster mode, each at an address of its own; gone with all their data when it is disposed.</summary>
internal sealed class FreshCluster : IAsyncDisposable
{
    public const string Name = "bench";

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private FreshCluster(LocalHost host, ImmutableArray<Member> members, string password)
    {
        Host = host;
        Members = members;
        Password = password;
    }

    public LocalHost Host { get; }

    public ImmutableArray<Member> Members { get; }

    public string Password { get; }

    public static async Task<FreshCluster> StartAsync(
        StateRoot root,
        ServerBinary server,
        int members,
        CancellationToken ct
    )
    {
        var host = new LocalClusters(root, TimeProvider.System).Host(Name);
        await host.CreateAsync(
            new LocalSpec
            {
                Name = Name,
                Members = members,
                OwnAddresses = true,
            },
            server,
            ct
        );
        var password = (await File.ReadAllTextAsync(host.PasswordPath, ct)).TrimEnd();
        return new FreshCluster(host, await host.ListMembersAsync(ct), password);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync(StopPatience, force: true, CancellationToken.None);
        await Host.PurgeAsync(CancellationToken.None);
        await Host.DisposeAsync();
    }
}
