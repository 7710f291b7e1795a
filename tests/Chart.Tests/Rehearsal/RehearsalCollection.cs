namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>Alone on the machine: gaps in a load are measured.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class RehearsalCollection
{
    public const string Name = "rehearsal";
}
