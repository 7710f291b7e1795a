namespace Slotwright.Operations.Bootstrap;

/// <summary>A setting whose running value is not the configured one.</summary>
public sealed record SettingDifference(string Name, string Actual, string Wanted);
