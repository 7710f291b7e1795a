namespace Slotwright.Operations.Drills;

/// <summary>
/// How long one phase of a run may take: its token ends it after its usual time, and once people want the run to end,
/// soon after that or soon after the phase began.
/// </summary>
internal sealed class PhaseLimit : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    /// <param name="usual">Null for no limit.</param>
    /// <param name="hurried">Left of it once there is hurry; zero ends it at once.</param>
    /// <param name="hurry">Cancelled where the run is to end early.</param>
    public PhaseLimit(TimeSpan? usual, TimeSpan hurried, TimeProvider time, CancellationToken hurry)
    {
        _source = new CancellationTokenSource(usual ?? Timeout.InfiniteTimeSpan, time);
        _registration = hurry.UnsafeRegister(_ => _source.CancelAfter(hurried), null);
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
