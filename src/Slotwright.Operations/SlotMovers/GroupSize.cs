namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// How many slots are opened, or closed, together: a server that answers many SETSLOTs at once serves nobody else
/// meanwhile. Halved where they took too long, one more where they did not.
/// </summary>
internal sealed class GroupSize
{
    private readonly int _most;
    private readonly TimeSpan _allowed;

    /// <param name="most">At least 1.</param>
    /// <param name="allowed">For one round of SETSLOTs.</param>
    public GroupSize(int most, TimeSpan allowed)
    {
        (_most, _allowed) = (most, allowed);
        Next = most;
    }

    public int Next { get; private set; }

    /// <param name="took">One round of so many as <see cref="Next"/>, or of fewer.</param>
    public void Learn(TimeSpan took) => Next = took > _allowed ? Math.Max(1, Next / 2) : Math.Min(_most, Next + 1);
}
