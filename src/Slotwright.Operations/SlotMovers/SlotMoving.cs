namespace Slotwright.Operations.SlotMovers;

/// <summary>How an operation moves slots; its meter counts over all pairs.</summary>
public sealed record SlotMoving
{
    public MovePace Pace { get; init; } = MovePace.Normal;

    public MoverChoice Mover { get; init; } = MoverChoice.Auto;

    /// <summary>A key that alone takes longer than <see cref="MovePace.Block"/> may be moved.</summary>
    public bool AllowsBlocking { get; init; }

    public SlotMeter Meter { get; init; } = new();

    internal CallGates Gates { get; } = new();
}
