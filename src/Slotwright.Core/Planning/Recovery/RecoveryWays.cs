using System.Collections.Immutable;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>The ways as people write them.</summary>
public static class RecoveryWays
{
    /// <summary>Those that <c>recover</c> takes itself.</summary>
    public static readonly ImmutableArray<RecoveryWay> Taken =
    [
        RecoveryWay.TakeOver,
        RecoveryWay.OwnData,
        RecoveryWay.FromNothing,
    ];

    /// <summary>As it is written in JSON, too.</summary>
    public static string Word(this RecoveryWay way) =>
        way switch
        {
            RecoveryWay.BringBack => "bring-back",
            RecoveryWay.Wait => "wait",
            RecoveryWay.Failover => "failover",
            RecoveryWay.TakeOver => "take-over",
            RecoveryWay.OwnData => "own-data",
            _ => "from-nothing",
        };

    /// <summary>One that <see cref="Taken"/> names.</summary>
    public static RecoveryWay Parse(string word) => Taken.Single(way => way.Word() == word);
}
