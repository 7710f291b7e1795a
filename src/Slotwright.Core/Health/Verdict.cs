namespace Slotwright.Core.Health;

/// <summary>How a check ended, from harmless to grave; Unknown is a check that applies but could not be made.</summary>
public enum Verdict
{
    Ok,
    Warning,
    Failed,
    Unknown,
}
