using Slotwright.Core.Planning;
using Slotwright.Operations.Running;

namespace Slotwright.Operations.Bootstrap;

/// <summary>How a bootstrap is run.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Ends after the plan was made.</summary>
    public bool DryRun { get; init; }

    /// <summary>How long every member may take to answer.</summary>
    public TimeSpan MemberDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Shows the plan; false stops here.</summary>
    public Func<Plan, bool> Show { get; init; } = _ => true;

    public RunHooks Hooks { get; init; } = RunHooks.None;
}
