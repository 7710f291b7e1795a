using Slotwright.Core.Drills;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Drills;

/// <summary>Whoever watches a drill, and is asked before anything is hurt.</summary>
public interface IDrillTalk
{
    /// <summary>A drill before was cut off and left something hurt: returns where it is to be brought back now.</summary>
    /// <exception cref="Slotwright.Core.Failures.RefusedException">It is not.</exception>
    void OfferCure(Hurt left);

    /// <summary>Returns where the drill is to be done.</summary>
    /// <exception cref="Slotwright.Core.Failures.RefusedException">It is not.</exception>
    void Confirm(DrillPlan plan, DrillOptions options);

    /// <summary>It did something, or saw something happen.</summary>
    /// <param name="at">Since operations of its load began; null where none are under way.</param>
    void Say(TimeSpan? at, string what);

    /// <summary>How the load goes.</summary>
    IProgress<LoadSnapshot> Load { get; }
}
