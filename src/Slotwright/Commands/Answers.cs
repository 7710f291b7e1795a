using Slotwright.Core.Failures;
using Slotwright.Core.Observing;

namespace Slotwright.Commands;

/// <summary>For commands that can say nothing where nobody answers.</summary>
internal static class Answers
{
    /// <exception cref="OperationFailedException">No member could be asked: why, of the first.</exception>
    public static void Demand(Observation observation)
    {
        if (observation.Views.All(v => v.Report is null))
        {
            var view = observation.Views[0];
            throw new OperationFailedException(
                $"none of {observation.Views.Length} members can be asked: {view.Unreachable}",
                member: view.Member,
                next: view.Remedy ?? "start the cluster, or check the password"
            );
        }
    }
}
