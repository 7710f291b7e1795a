using Slotwright.Core.Observing;
using Slotwright.Core.Planning;
using Slotwright.Operations.SlotMovers;

namespace Slotwright.Operations.Running;

/// <summary>How an operation that changes a cluster is run.</summary>
public sealed record ChangeOptions
{
    /// <summary>Ends after the plan was made and checked.</summary>
    public bool DryRun { get; init; }

    /// <summary>Shows a plan that is not empty, and asks; throws where the answer is no.</summary>
    public Action<Plan> Show { get; init; } = static _ => { };

    /// <summary>
    /// What has to be so before the first step, once the plan was agreed to: a new desired revision. The cluster is
    /// observed and the plan made anew after it.
    /// </summary>
    public Func<CancellationToken, Task>? Prepare { get; init; }

    /// <summary>It has nodes join: settings that an attempt which was cut off has left are put back.</summary>
    public bool Joins { get; init; }

    /// <summary>
    /// What is asked beyond what everybody sees, before the plan is made: it is made of what this returns, and checked
    /// against it.
    /// </summary>
    public Func<Observation, CancellationToken, Task<Observation>>? LookCloser { get; init; }

    /// <summary>Slots that are open and migrations that run are what it is for: they do not mean that another is at work.</summary>
    public bool MendsWhatIsOpen { get; init; }

    public RunHooks Hooks { get; init; } = RunHooks.None;

    /// <summary>Told in a line what people should know while steps are applied.</summary>
    public Action<string> Told { get; init; } = static _ => { };

    /// <summary>How slots are moved, for plans that move some.</summary>
    public SlotMoving Slots { get; init; } = new();

    /// <summary>How long the cluster may take to show what was promised, once all steps are done.</summary>
    public TimeSpan VerifyDeadline { get; init; } = TimeSpan.FromSeconds(30);
}
