using Slotwright.Core.Cluster;

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

    /// <summary>Gives every member a new desired revision, also where nothing else changes, and touches no process.</summary>
    /// <returns>The revision, unlike any before it.</returns>
    /// <exception cref="Slotwright.Core.Failures.RefusedException">This host can't.</exception>
    Task<string> DesireAsync(MemberSpec spec, CancellationToken ct);

    /// <summary>
    /// Ends a member gracefully; returns when its successor at the desired revision answers, perhaps at another address.
    /// </summary>
    /// <exception cref="Slotwright.Core.Failures.RefusedException">This host can't, or the member is held back.</exception>
    /// <exception cref="Slotwright.Core.Failures.OperationFailedException">It did not end, or did not come back.</exception>
    Task RestartAsync(string member, CancellationToken ct);
}
