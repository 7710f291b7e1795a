namespace Slotwright.Local.Servers;

/// <summary>Where a server was found.</summary>
public enum ServerSource
{
    /// <summary>Its path was given.</summary>
    Given,

    /// <summary>In a folder of PATH.</summary>
    Path,

    /// <summary>In the user's cache, fetched by us.</summary>
    Cache,
}
