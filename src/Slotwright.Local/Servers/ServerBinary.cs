namespace Slotwright.Local.Servers;

/// <summary>A <c>valkey-server</c> that runs on this machine: its file is the program itself, to be started as it is.</summary>
/// <param name="Path">Absolute path of valkey-server.</param>
/// <param name="Version">As it said itself, with its patch level: 9.1.2.</param>
public sealed record ServerBinary(string Path, Version Version, ServerSource Source)
{
    /// <summary>Absolute path of the valkey-cli beside it; null where there is none.</summary>
    public string? Cli
    {
        get
        {
            var cli = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "valkey-cli");
            return File.Exists(cli) ? cli : null;
        }
    }
}
