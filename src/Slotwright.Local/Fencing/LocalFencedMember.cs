using Microsoft.Win32.SafeHandles;
using Slotwright.Core.Fencing;
using Slotwright.Core.Healing;
using Slotwright.Local.Hosting;
using Slotwright.Local.Processes;
using Slotwright.Local.State;
using Slotwright.Operations.Fencing;

namespace Slotwright.Local.Fencing;

/// <summary>A member of this machine whose server has not been started yet.</summary>
/// <param name="running">Taken; whoever starts the server gets it from here.</param>
internal sealed class LocalFencedMember(
    MemberSpawner spawner,
    MemberFolder folder,
    int ordinal,
    string hostname,
    NodesFile? nodes,
    OwnData data,
    SafeFileHandle running,
    TimeProvider time
) : IFencedMember
{
    private SafeFileHandle _running = running;

    /// <summary>Its server that is held back; null while none runs.</summary>
    public MemberStart? Voter { get; private set; }

    public string Hostname { get; } = hostname;

    public NodesFile? Nodes { get; } = nodes;

    public OwnData Data { get; } = data;

    public bool IsToldToStart { get; init; }

    public IReadOnlyList<string> Streams => StreamsFile.Read(folder.Streams);

    public void TellHeldBack(FenceDecision why) => AtomicFile.WriteDerived(folder.HeldBack, why.Reason);

    /// <summary>Without nodes.conf it would be nobody for its peers.</summary>
    public Task StartVoterAsync(CancellationToken ct)
    {
        if (Voter is null && Nodes is not null)
        {
            Voter = spawner.SpawnVoter(ordinal, _running);
        }
        return Task.CompletedTask;
    }

    public async Task EndVoterAsync(CancellationToken ct)
    {
        if (Voter is not null)
        {
            await MemberStopper.EndAsync([folder], time, ct);
            _running = await RunningFile.TakeAsync(folder, time, ct);
            Voter = null;
        }
    }

    /// <summary>It may start: with its data.</summary>
    public MemberStart Start() => spawner.Spawn(ordinal, _running);
}
