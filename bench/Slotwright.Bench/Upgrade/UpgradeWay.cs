namespace Slotwright.Bench.Upgrade;

internal enum UpgradeWay
{
    /// <summary>As many members at once as is safe.</summary>
    Waves,

    /// <summary>Our own planner, one member at a time.</summary>
    OneByOne,

    /// <summary>From the last ordinal to the first; a primary hands over to its replica, then restarts as it is.</summary>
    PreStopOrder,
}
