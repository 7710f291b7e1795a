namespace Slotwright.Operations.Running;

/// <summary>Applies one step; ends when the cluster shows it.</summary>
public delegate Task StepRun(StepContext context, CancellationToken ct);
