using System.Collections.Immutable;

namespace Slotwright.Core.Drills;

/// <summary>
/// Collects what one member says of itself. Memory is bounded: of more than 500 changes the later ones are not kept.
/// Not thread-safe.
/// </summary>
public sealed class RoleHistory
{
    private const int MostChanges = 500;

    private readonly List<(TimeSpan At, MemberState State)> _changes = [];

    public MemberState Current { get; private set; }

    /// <param name="at">Since any one moment, the same for all.</param>
    /// <returns>True where it is another than before.</returns>
    public bool Told(TimeSpan at, MemberState state)
    {
        if (state == Current)
        {
            return false;
        }
        Current = state;
        if (_changes.Count < MostChanges)
        {
            _changes.Add((at, state));
        }
        return true;
    }

    /// <summary>What it said between two moments; times are counted from the first.</summary>
    public ImmutableArray<RoleSpan> Between(TimeSpan from, TimeSpan to)
    {
        var ends = _changes.Skip(1).Select(c => c.At).Append(to);
        return
        [
            .. _changes
                .Zip(ends, (c, end) => new RoleSpan(Limit(c.At), Limit(end), c.State))
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
