using System.Collections.Immutable;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Drills;

/// <summary>Brings back what a drill has hurt, or was about to hurt. Done twice it does no harm.</summary>
public static class Cure
{
    /// <param name="did">Told what was done to whom.</param>
    internal static async Task RunAsync(
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
        if (!hurt.Paused.IsEmpty)
        {
            await Task.WhenAll(hurt.Paused.Select(m => faults.ResumeAsync(m, ct)));
            did(hurt.Paused, "goes on");
        }
        if (!hurt.Down.IsEmpty)
        {
            await faults.StartAsync(hurt.Down, ct);
            did(hurt.Down, "started again by this drill, as kubelet would have done at once");
        }
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
                hurt.IsRolesAlone ? "roles may not be where they were" : null,
            }.OfType<string>()
        );
}
