namespace Slotwright.Core.Drills;

/// <summary>What is to be done with a key next.</summary>
public enum RingAction
{
    /// <summary>Nothing: what is under way must end first.</summary>
    None,

    /// <summary>Write the number that came with it.</summary>
    Write,

    /// <summary>Read the whole key.</summary>
    Read,
}
