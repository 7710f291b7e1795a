using System.Collections.Immutable;
using Slotwright.Core.Health;
using Slotwright.Local.Network;
using Slotwright.Local.Processes;
using Slotwright.Operations.Targets;

namespace Slotwright.Local.Hosting;

/// <content>What drills need besides single failures.</content>
public sealed partial class LocalHost
{
    private Firewall Firewall => new(_cluster, _time);

    public bool HasOwnAddresses => Read().HasOwnAddresses;

    async Task IFaults.StartAsync(ImmutableArray<string> members, CancellationToken ct) =>
        await StartMembersAsync(members, ct);

    Task IFaults.RestartAsync(ImmutableArray<string> members, bool newAddress, CancellationToken ct) =>
        RestartAsync(members, newAddress, kill: false, ct);

    public async Task<Finding?> WhyNoCutAsync(CancellationToken ct) =>
        HasOwnAddresses
            ? await Firewall.ObstacleAsync(ct)
            : new Finding(
                "partition-impossible",
                Verdict.Failed,
                Name,
                $"its members share the address {Read().Addresses[0].Host}",
                "members are told apart by their addresses where they are cut off from each other",
                "bring up a cluster with addresses of its own: slotwright up --own-addresses --name NAME"
            );

    public Task CutAsync(string member, CancellationToken ct)
    {
        var file = Read();
        var ordinal = Ordinal(file, member);
        return Firewall.CutAsync(
            file.Addresses[ordinal].Host,
            [.. file.Addresses.Where((_, i) => i != ordinal).Select(a => a.Host)],
            ct
        );
    }

    public Task<Finding?> WhyNoFrozenAgentAsync(CancellationToken ct) =>
        Task.FromResult(
            Read().Agents
                ? null
                : new Finding(
                    "no-agents",
                    Verdict.Failed,
                    Name,
                    "its members have no agents",
                    "there is none to freeze",
                    $"slotwright up --agents --unreachable-failover{NameOption(_cluster)}"
                )
        );

    public Task FreezeAgentAsync(string member, CancellationToken ct) =>
        SignalAsync(Known(member).Agent, $"the agent of {member}", Signal.Stop, ct);

    public async Task ThawAgentAsync(string member, CancellationToken ct)
    {
        if (MemberProcesses.Find(Known(member).Agent) is not null)
        {
            await SignalAsync(Known(member).Agent, $"the agent of {member}", Signal.Continue, ct);
        }
    }

    public Task MendAsync(CancellationToken ct) => Firewall.MendAsync(ct);

    public Task<IDrillJournal> BeginDrillAsync(string drill, CancellationToken ct) =>
        Task.FromResult<IDrillJournal>(DrillJournal.Begin(Folder, Name));
}
