namespace Slotwright.Operations.Loads;

/// <summary>What is wanted to be known of the load of a cluster.</summary>
/// <param name="SampleKeys">Keys of each shard that are looked at, at most; 0 for none.</param>
/// <param name="Between">Between two looks at what servers count, for rates; null for one look.</param>
/// <param name="Top">How many of a shard's keys are kept by name.</param>
public sealed record LoadQuestion(int SampleKeys, TimeSpan? Between = null, int Top = 0);
