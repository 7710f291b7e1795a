using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Core.Failures;
using Slotwright.Local.Agents;
using Slotwright.Operations.Agent;

namespace Slotwright.Local.Hosting;

/// <content>Agents of its members: processes of this program that outlive the command, as servers do.</content>
public sealed partial class LocalHost
{
    /// <summary>What is started as an agent.</summary>
    internal string AgentProgram { get; set; } = Environment.ProcessPath ?? "";

    /// <inheritdoc cref="StartAgentsAsync(bool, bool, CancellationToken)"/>
    public Task<ImmutableArray<NodeAddress>> StartAgentsAsync(bool wanted, CancellationToken ct) =>
        StartAgentsAsync(wanted, unreachable: false, ct);

    /// <summary>Starts the agents that don't run, of a cluster that has agents.</summary>
    /// <param name="wanted">From now on it has agents.</param>
    /// <param name="unreachable">From now on they also replace primaries that are cut off; false leaves it as it is.</param>
    /// <returns>Where the metrics of each are, by ordinal; none where it has no agents.</returns>
    /// <exception cref="OperationFailedException">One can't be started.</exception>
    public async Task<ImmutableArray<NodeAddress>> StartAgentsAsync(bool wanted, bool unreachable, CancellationToken ct)
    {
        await using var held = await LockAsync("up", ct);
        var file = Read();
        if (!file.Agents && !wanted)
        {
            return [];
        }
        return await DiskErrors.ExplainAsync<ImmutableArray<NodeAddress>>(
            Folder.Path,
            async () =>
            {
                var failover = unreachable
                    ? (file.Failover ?? FailoverOptions.Default) with
                    {
                        Unreachable = true,
                    }
                    : file.Failover;
                if (!file.Agents || failover != file.Failover)
                {
                    file = file with { Agents = true, Failover = failover };
                    file.Write(Folder);
                }
                await MemberAgents.StartAsync(Folder, file, AgentProgram, _root.Path, _time, ct);
                return [.. Enumerable.Range(0, file.Members).Select(o => LocalAgentPlace.MetricsOf(file, o))];
            }
        );
    }

    /// <summary>What a member's agent knows of it.</summary>
    /// <param name="metrics">Where it is to serve its metrics.</param>
    /// <exception cref="BadInputException">There is no such member.</exception>
    public IAgentPlace AgentPlace(string member, out NodeAddress metrics)
    {
        var place = new LocalAgentPlace(Folder, Ordinal(Read(), member), () => _operationLock.Holder(), _time);
        metrics = place.Metrics;
        return place;
    }
}
