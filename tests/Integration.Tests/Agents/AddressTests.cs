using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Agent;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Connections;

namespace Slotwright.Integration.Tests.Agents;

/// <summary>What a start could not tell, agents do while the cluster runs.</summary>
public sealed class AddressTests
{
    public static TheoryData<string> Versions { get; } =
    [.. TestVersions.AllWanted ? TestVersions.All : [TestVersions.Default]];

    [Theory, MemberData(nameof(Versions))]
    public async Task Half_of_the_members_come_later_and_all_under_new_addresses(string version)
    {
        await using var cluster = await AgentCluster.FormAsync(version);
        var before = await RolesAsync(cluster);
        var names = (await cluster.Host.ListMembersAsync(default)).Select(m => m.Name).ToImmutableArray();
        cluster.Host.IsWithoutGuards = true;

        await cluster.Host.RestartAsync(names, newAddress: true, kill: false, default);
        foreach (var late in names.Where((_, i) => i % 2 == 1))
        {
            await cluster.Host.KillAsync(late, default);
        }
        await using var crew = await AgentCrew.StartAsync(cluster.Host);
        await cluster.Host.StartMembersAsync([.. names.Where((_, i) => i % 2 == 1)], default);

        Assert.True(await cluster.UntilWholeAsync() is "", crew.Log);
        Assert.Equal(before, await RolesAsync(cluster));
        Assert.Contains("met valkey-", crew.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_agents_they_stay_in_pieces()
    {
        await using var cluster = await AgentCluster.FormAsync(TestVersions.Default);
        var names = (await cluster.Host.ListMembersAsync(default)).Select(m => m.Name).ToImmutableArray();
        cluster.Host.IsWithoutGuards = true;
        await cluster.Host.RestartAsync(names, newAddress: true, kill: false, default);
        Assert.NotEmpty(await cluster.UntilWholeAsync(TimeSpan.FromSeconds(8)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_name_that_leads_to_a_foreign_cluster_is_not_met_and_without_the_question_it_merges(bool unasked)
    {
        const string Password = "the same in both";
        var spec = Local.LocalSandbox.Spec with { Password = Password };
        await using var ours = await AgentCluster.FormAsync(TestVersions.Default, spec, "2000");
        await using var theirs = await AgentCluster.FormAsync(TestVersions.Default, spec, "2000");
        var stranger = (await theirs.Host.ListMembersAsync(default))[0].Address;
        await ours.Host.KillAsync("valkey-5", default);

        await using var crew = new AgentCrew();
        var place = new Misled(ours.Host.AgentPlace("valkey-0", out _), "valkey-5", stranger);
        crew.Start(place, "valkey-0", withoutIdentityCheck: unasked);

        var merged = await Wait.UntilAsync(
            async _ => (await ours.LookAsync()).Nodes.Length > 6,
            TimeSpan.FromSeconds(unasked ? 20 : 8),
            TimeProvider.System,
            default
        );
        Assert.True(merged == unasked, crew.Log);
        Assert.Equal(!unasked, crew.Log.Contains("not met", StringComparison.Ordinal));
        Assert.Equal(unasked, (await theirs.LookAsync()).Nodes.Length > 6);
    }

    private static async Task<ImmutableArray<(string?, NodeId, NodeId?, string)>> RolesAsync(AgentCluster cluster) =>
        [
            .. (await cluster.LookAsync())
                .Nodes.OrderBy(n => n.Member, StringComparer.Ordinal)
                .Select(n => (n.Member, n.Id, n.Primary, n.Slots.ToString())),
        ];

    /// <summary>DNS has given the address of one member to somebody else.</summary>
    private sealed class Misled(IAgentPlace place, string member, NodeAddress elsewhere) : IAgentPlace
    {
        public string Hostname => place.Hostname;

        public NodeAddress Server => place.Server;

        public Credentials? Credentials() => place.Credentials();

        public string? HeldBack() => place.HeldBack();

        public async Task<NodeAddress?> ResolveAsync(string hostname, CancellationToken ct) =>
            hostname.StartsWith(member + ".", StringComparison.Ordinal)
                ? elsewhere
                : await place.ResolveAsync(hostname, ct);

        public Task<ImmutableArray<NodeAddress>> MembersAsync(CancellationToken ct) => place.MembersAsync(ct);

        public Task<string?> OperationAsync(CancellationToken ct) => place.OperationAsync(ct);

        public void KeepZone(string zone) => place.KeepZone(zone);
    }
}
