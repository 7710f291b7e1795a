using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Operations.Targets;

/// <summary>What can be done to a host's members to rehearse a failure, and how it is brought back.</summary>
public interface IFaults
{
    /// <summary>Members have addresses of their own, and come back under others.</summary>
    bool HasOwnAddresses { get; }

    /// <summary>Ends the process by SIGKILL, as a crash would.</summary>
    Task KillAsync(string member, CancellationToken ct);

    /// <summary>Stops it from running (SIGSTOP), as a hang would.</summary>
    Task PauseAsync(string member, CancellationToken ct);

    /// <summary>Lets a paused member go on.</summary>
    Task ResumeAsync(string member, CancellationToken ct);

    /// <summary>Starts members that do not run, as kubelet does by itself. Nothing to do where they run.</summary>
    Task StartAsync(ImmutableArray<string> members, CancellationToken ct);

    /// <summary>Ends members cleanly, all at once, and brings them back, all at once. Takes the operation lock.</summary>
    /// <param name="newAddress">Under addresses that no member has now; needs addresses of their own.</param>
    Task RestartAsync(ImmutableArray<string> members, bool newAddress, CancellationToken ct);

    /// <summary>Why members can't be cut off from each other here, and what would help; null where they can.</summary>
    Task<Finding?> WhyNoCutAsync(CancellationToken ct);

    /// <summary>Drops all that goes between a member's address and the others' addresses. Clients still reach all.</summary>
    Task CutAsync(string member, CancellationToken ct);

    /// <summary>Why a member's agent can't be frozen here, and what would help; null where it can.</summary>
    Task<Finding?> WhyNoFrozenAgentAsync(CancellationToken ct);

    /// <summary>Stops a member's agent from running (SIGSTOP); its server goes on.</summary>
    Task FreezeAgentAsync(string member, CancellationToken ct);

    /// <summary>Lets a frozen agent go on. Nothing to do where it does not run.</summary>
    Task ThawAgentAsync(string member, CancellationToken ct);

    /// <summary>Takes back every cut of this cluster. Nothing to do where there is none.</summary>
    Task MendAsync(CancellationToken ct);

    /// <summary>
    /// Takes the right to rehearse on this cluster, which ends with the process: one drill at a time. It is no
    /// operation lock, since operations go on during a drill.
    /// </summary>
    /// <returns>Where what is hurt is written down, so that it can be brought back after the death of the process.</returns>
    /// <exception cref="ClusterBusyException">Another drill goes on.</exception>
    Task<IDrillJournal> BeginDrillAsync(string drill, CancellationToken ct);
}
