using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Fencing;
using Slotwright.Core.Health;
using Slotwright.Core.Health.Preflight;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Operations.Targets;

/// <summary>A cluster whose members can be changed.</summary>
public interface IClusterHost : IClusterTarget
{
    /// <summary>What the host was told to have: the shape that bootstrap forms and verify expects.</summary>
    ValueTask<ClusterShape> GetShapeAsync(CancellationToken ct);

    async ValueTask<int?> IClusterTarget.GetReplicasWantedAsync(CancellationToken ct) =>
        (await GetShapeAsync(ct)).ReplicasPerPrimary;

    /// <summary>
    /// A setting as the host's configuration has it, which a restart would bring back; null where it sets none.
    /// </summary>
    ValueTask<string?> GetSettingAsync(string name, CancellationToken ct);

    /// <summary>Its members are configured to keep append-only files.</summary>
    async ValueTask<bool> KeepsAppendOnlyAsync(CancellationToken ct) =>
        string.Equals(await GetSettingAsync("appendonly", ct), "yes", StringComparison.OrdinalIgnoreCase);

    /// <summary>Gives every member a new desired revision, also where nothing else changes, and touches no process.</summary>
    /// <returns>The revision, unlike any before it.</returns>
    /// <exception cref="RefusedException">This host can't.</exception>
    Task<string> DesireAsync(MemberSpec spec, CancellationToken ct);

    /// <summary>
    /// Ends a member gracefully; returns when its successor at the desired revision answers, perhaps at another address.
    /// </summary>
    /// <exception cref="RefusedException">This host can't, or the member is held back.</exception>
    /// <exception cref="OperationFailedException">It did not end, or did not come back.</exception>
    Task RestartAsync(string member, CancellationToken ct);

    /// <summary>
    /// As <see cref="RestartAsync"/>, of a member whose files its new server can't read: they are put aside, and it
    /// copies everything from its primary.
    /// </summary>
    Task RestartEmptyAsync(string member, CancellationToken ct);

    /// <summary>
    /// Starts a member that the fence holds back, and waits for none of its replicas; one that answers and has more still
    /// takes over first. Returns when its server answers.
    /// </summary>
    /// <returns>False where the host does not start members itself: the member's own start has to be told.</returns>
    /// <exception cref="RefusedException">It is still held back.</exception>
    Task<bool> LetStartAsync(string member, CancellationToken ct) => Task.FromResult(false);

    /// <summary>
    /// Finishes restarts that were cut off: members that went on from a snapshot have append-only files again, and may be
    /// elected. The lock is held. Nothing to do where pods finish them by themselves.
    /// </summary>
    /// <exception cref="OperationFailedException">One can't write its append-only file.</exception>
    Task FinishRestartsAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>What members' servers would begin with, by the members' names; those whose disk can't be read are missing.</summary>
    ValueTask<ImmutableDictionary<string, OwnData>> ReadDisksAsync(CancellationToken ct) =>
        ValueTask.FromResult(ImmutableDictionary<string, OwnData>.Empty);

    /// <summary>The version that members run after their next restart.</summary>
    ValueTask<Version> GetDesiredVersionAsync(CancellationToken ct);

    /// <summary>Looks for a server, and fetches it where it can be had; changes no member.</summary>
    /// <param name="version">9.1 or 9.1.2, or what else names one here.</param>
    /// <exception cref="BadInputException">No such version can be had.</exception>
    Task<Version> FindVersionAsync(string version, CancellationToken ct);

    /// <summary>The disks that members keep their files on; none where the host can't tell.</summary>
    ValueTask<ImmutableArray<DiskRoom>> GetDiskRoomAsync(CancellationToken ct) =>
        ValueTask.FromResult<ImmutableArray<DiskRoom>>([]);

    /// <summary>Members that it would get to have so many, with the names and zones that they would have; none where it has.</summary>
    /// <exception cref="RefusedException">This host can't.</exception>
    Task<ImmutableArray<Member>> PreviewAsync(int members, CancellationToken ct) => throw CanNotScale();

    /// <summary>The names of members that it has not any more, and that left volumes with data.</summary>
    ValueTask<ImmutableArray<string>> FindLeftVolumesAsync(CancellationToken ct) => throw CanNotScale();

    /// <summary>
    /// Has so many members from now on: starts new ones, and those of its members that never ran; returns when they
    /// answer. Ends those with higher ordinals, whose volumes stay.
    /// </summary>
    /// <param name="discard">
    /// What becomes of volumes that former members left to new ones; to delete means all volumes that no member has then.
    /// </param>
    /// <exception cref="RefusedException">This host can't.</exception>
    /// <exception cref="OperationFailedException">One can't be started: the others run.</exception>
    Task ResizeAsync(ClusterShape shape, VolumeDiscard? discard, CancellationToken ct) => throw CanNotScale();

    private RefusedException CanNotScale() =>
        new(
            "scale",
            new Finding(
                "no-scaling",
                Verdict.Failed,
                Name,
                "its number of members can't be changed from here, as yet",
                "pods are the StatefulSet's, and this has no right to change it",
                "helm upgrade with another replicaCount adds members; slotwright reshard moves slots to them"
            )
        );
}
