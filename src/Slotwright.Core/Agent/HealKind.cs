namespace Slotwright.Core.Agent;

/// <summary>What an agent mends.</summary>
public enum HealKind
{
    /// <summary>A node is elsewhere now, and the server looks for it where it was.</summary>
    Address,

    /// <summary>The member has come back empty, under a new id.</summary>
    Identity,
}
