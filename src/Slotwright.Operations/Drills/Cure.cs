using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Drills;

/// <summary>Brings back what a drill has hurt, or was about to hurt. Done twice it does no harm.</summary>
public static class Cure
{
    /// <param name="did">Told what was done to whom.</param>
    internal static async Task RunAsync(
        IClusterHost host,
        IFaults faults,
        Hurt hurt,
        Action<ImmutableArray<string>, string> did,
        CancellationToken ct
    )
    {
        if (hurt.Cut is { } cut)
        {
            await faults.MendAsync(ct);
            did([cut], "reaches the other members again");
        }
        if (hurt.FrozenAgent is { } frozen)
        {
            await faults.ThawAgentAsync(frozen, ct);
            did([frozen], "has its agent again");
        }
        var members = await host.ListMembersAsync(ct);
        if (Those(hurt.Paused, MemberPhase.Paused) is { IsEmpty: false } paused)
        {
            await Task.WhenAll(paused.Select(m => faults.ResumeAsync(m, ct)));
            did(paused, "goes on");
        }
        if (Those(hurt.Down, MemberPhase.Stopped) is { IsEmpty: false } down)
        {
            await faults.StartAsync(down, ct);
            did(down, "started again by this drill, as kubelet would have done at once");
        }

        ImmutableArray<string> Those(ImmutableArray<string> names, MemberPhase phase) =>
            [
                .. members
                    .Where(m => m.Phase == phase && names.Contains(m.Name, StringComparer.Ordinal))
                    .Select(m => m.Name),
            ];
    }

    /// <summary>What is hurt and not brought back, in words.</summary>
    public static string Words(Hurt hurt) =>
        string.Join(
            "; ",
            new[]
            {
                hurt.Down.IsEmpty ? null : $"{string.Join(", ", hurt.Down)} may be down",
                hurt.Paused.IsEmpty ? null : $"{string.Join(", ", hurt.Paused)} may be paused",
                hurt.Cut is null ? null : $"{hurt.Cut} may be cut off from the others",
                hurt.FrozenAgent is null ? null : $"the agent of {hurt.FrozenAgent} may be frozen",
                hurt.IsRolesAlone ? "roles may not be where they were" : null,
            }.OfType<string>()
        );
}
