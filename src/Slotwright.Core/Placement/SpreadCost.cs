namespace Slotwright.Core.Placement;

/// <summary>Costs that a flow adds up, compared in this order.</summary>
/// <param name="Seats">Minus the shards that have a node in the zone that their primary is to be in.</param>
internal readonly record struct SpreadCost(int Seats, int ReplicasInPrimaryZone, int ZonePairs, int MachinePairs)
    : IComparable<SpreadCost>
{
    public static SpreadCost operator +(SpreadCost a, SpreadCost b) =>
        new(
            a.Seats + b.Seats,
            a.ReplicasInPrimaryZone + b.ReplicasInPrimaryZone,
            a.ZonePairs + b.ZonePairs,
            a.MachinePairs + b.MachinePairs
        );

    public static SpreadCost operator -(SpreadCost a) =>
        new(-a.Seats, -a.ReplicasInPrimaryZone, -a.ZonePairs, -a.MachinePairs);

    public static bool operator <(SpreadCost a, SpreadCost b) => a.CompareTo(b) < 0;

    public static bool operator >(SpreadCost a, SpreadCost b) => a.CompareTo(b) > 0;

    public int CompareTo(SpreadCost other)
    {
        var order = Seats.CompareTo(other.Seats);
        order = order != 0 ? order : ReplicasInPrimaryZone.CompareTo(other.ReplicasInPrimaryZone);
        order = order != 0 ? order : ZonePairs.CompareTo(other.ZonePairs);
        return order != 0 ? order : MachinePairs.CompareTo(other.MachinePairs);
    }
}
