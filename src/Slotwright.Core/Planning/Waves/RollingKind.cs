namespace Slotwright.Core.Planning.Waves;

/// <summary>Why members are brought to a revision, one wave after the other.</summary>
public enum RollingKind
{
    /// <summary>As they are.</summary>
    Restart,

    /// <summary>To another version.</summary>
    Upgrade,

    /// <summary>Those that an upgrade kept at the old version, to the new one.</summary>
    Commit,

    /// <summary>To the version from before an upgrade.</summary>
    Rollback,
}
