using System.Collections.Immutable;

namespace Slotwright.Core.Drills;

/// <summary>
/// Collects what one member says of itself. Memory is bounded: of more than 500 changes the later ones are not kept.
/// Not thread-safe.
/// </summary>
public sealed class RoleHistory
{
    private const int MostChanges = 500;

    private readonly List<(TimeSpan At, TimeSpan Last, MemberState State)> _changes = [];
    private long _seen;

    public MemberState Current { get; private set; }

    /// <param name="asked">When it was asked, since any one moment, the same for all.</param>
    /// <param name="at">When it answered.</param>
    public void Told(TimeSpan asked, TimeSpan at, MemberState state)
    {
        if (state != Current)
        {
            Current = state;
            _seen++;
            if (_changes.Count < MostChanges)
            {
                _changes.Add((at, at, state));
            }
        }
        else if (_seen <= MostChanges && _changes.Count > 0 && asked > _changes[^1].Last)
        {
            _changes[^1] = _changes[^1] with { Last = asked };
        }
    }

    /// <summary>What it said between two moments; times are counted from the first.</summary>
    public ImmutableArray<RoleSpan> Between(TimeSpan from, TimeSpan to)
    {
        var ends = _changes.Skip(1).Select(c => c.At).Append(to);
        return
        [
            .. _changes
                .Zip(ends, (c, end) => new RoleSpan(Limit(c.At), Limit(end), Limit(c.Last), c.State))
                .Where(s => s.To > s.From && s.State != MemberState.Unknown),
        ];

        TimeSpan Limit(TimeSpan at) =>
            (
                at < from ? from
                : at > to ? to
                : at
            ) - from;
    }
}
