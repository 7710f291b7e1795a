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
}
