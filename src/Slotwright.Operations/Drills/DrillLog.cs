using System.Collections.Immutable;
using Slotwright.Core.Drills;

namespace Slotwright.Operations.Drills;

/// <summary>
/// What a drill did and saw, and when. Thread-safe.
/// </summary>
/// <param name="began">Timestamp at which operations of the load began: all its times count from there.</param>
internal sealed class DrillLog(TimeProvider time, long began, IDrillTalk talk)
{
    private const int MostEvents = 1000;

    private readonly Lock _gate = new();
    private readonly List<(long At, string? Member, string What)> _events = [];
    private long? _hurtAt;

    public TimeSpan Elapsed => time.GetElapsedTime(began);

    /// <summary>Something is about to be hurt: what follows is told as a time after this.</summary>
    /// <returns>The timestamp of now.</returns>
    public long Hurts()
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            _hurtAt ??= now;
        }
        return now;
    }

    public void Did(ImmutableArray<string> members, string what) => Did(members, what, time.GetTimestamp());

    /// <param name="at">Timestamp of when.</param>
    public void Did(ImmutableArray<string> members, string what, long at)
    {
        foreach (var member in members)
        {
            Add(at, member, what);
        }
        talk.Say(time.GetElapsedTime(began, at), $"{string.Join(", ", members)}: {what}");
    }

    /// <param name="at">Timestamp at which it was certainly so.</param>
    public void Promoted(string member, string from, long at)
    {
        long? hurtAt;
        lock (_gate)
        {
            hurtAt = _hurtAt;
        }
        var after =
            hurtAt is { } hurt && at > hurt
                ? $", {time.GetElapsedTime(hurt, at).TotalSeconds:0.00} s after the deed"
                : "";
        var what = $"primary in place of {from}{after}";
        Add(at, member, what);
        talk.Say(time.GetElapsedTime(began, at), $"{member}: {what}");
    }

    /// <summary>Ends at a time after its begin.</summary>
    public Task UntilAsync(TimeSpan at, CancellationToken ct)
    {
        var left = at - Elapsed;
        return left > TimeSpan.Zero ? Task.Delay(left, time, ct) : Task.CompletedTask;
    }

    public ImmutableArray<DrillEvent> Events()
    {
        lock (_gate)
        {
            return
            [
                .. _events
                    .OrderBy(e => e.At)
                    .Select(e => new DrillEvent(time.GetElapsedTime(began, e.At), e.Member, e.What)),
            ];
        }
    }

    private void Add(long at, string? member, string what)
    {
        lock (_gate)
        {
            if (_events.Count < MostEvents)
            {
                _events.Add((at, member, what));
            }
        }
    }
}
