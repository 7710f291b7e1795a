using Slotwright.Core.Planning;

namespace Slotwright.Operations.Running;

/// <summary>Who watches a plan being applied.</summary>
public sealed record RunHooks
{
    public static readonly RunHooks None = new();

    public Action<Stage>? StageStarts { get; init; }

    /// <summary>Called before the steps of a stage begin; what it throws stops the plan there.</summary>
    public Func<Stage, CancellationToken, ValueTask>? BeforeStage { get; init; }

    /// <summary>Called when a step is done; what it throws stops the plan, as a kill at this moment would.</summary>
    public Func<Step, CancellationToken, ValueTask>? AfterStep { get; init; }
}
