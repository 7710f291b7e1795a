namespace Slotwright.Core.Drills;

/// <summary>The rate that was asked for beside the one that was reached.</summary>
/// <param name="Asked">Operations a second, reads among them; 0 where none was asked for.</param>
/// <param name="Reached">Operations a second that succeeded, while operations became due.</param>
public readonly record struct RateReached(int Asked, double Reached)
{
    private const double Enough = 0.9;

    public bool IsShort => Reached < Asked * Enough;

    /// <param name="due">How long operations became due; above zero.</param>
    public static RateReached Of(int asked, long succeeded, TimeSpan due) =>
        new(asked, due > TimeSpan.Zero ? succeeded / due.TotalSeconds : 0);
}
