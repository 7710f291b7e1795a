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

    public RunHooks Hooks { get; init; } = RunHooks.None;

    /// <summary>Told in a line what people should know while steps are applied.</summary>
    public Action<string> Told { get; init; } = static _ => { };

    /// <summary>How slots are moved, for plans that move some.</summary>
    public SlotMoving Slots { get; init; } = new();

    /// <summary>How long the cluster may take to show what was promised, once all steps are done.</summary>
    public TimeSpan VerifyDeadline { get; init; } = TimeSpan.FromSeconds(30);
}
