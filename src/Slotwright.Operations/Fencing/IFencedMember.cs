using Slotwright.Core.Fencing;
using Slotwright.Core.Healing;

namespace Slotwright.Operations.Fencing;

/// <summary>A member before its server starts, as its host has it.</summary>
public interface IFencedMember
{
    /// <summary>What it announces, its name for its peers.</summary>
    string Hostname { get; }

    /// <summary>What its server remembers; null where nothing is left.</summary>
    NodesFile? Nodes { get; }

    OwnData Data { get; }

    /// <summary>Replication ids that it knows to be its own, the oldest first.</summary>
    IReadOnlyList<string> Streams { get; }

    /// <summary>Somebody on its own machine has said that it waits for nobody.</summary>
    bool IsToldToStart => false;

    /// <summary>It stays back, or does so still: for probes and people to see.</summary>
    void TellHeldBack(FenceDecision why);

    /// <summary>Its server, held back: it votes and has no data. Nothing to do where it runs.</summary>
    Task StartVoterAsync(CancellationToken ct);

    /// <summary>Ends when it is gone. Nothing to do where it does not run.</summary>
    Task EndVoterAsync(CancellationToken ct);
}
