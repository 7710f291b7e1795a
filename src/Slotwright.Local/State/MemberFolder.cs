using Slotwright.Local.Storage;

namespace Slotwright.Local.State;

/// <summary>Where a member's files lie. Path is absolute and without symbolic links, as /proc shows it.</summary>
internal sealed record MemberFolder(string Name, string Path)
{
    public string Config => Path + "/valkey.conf";

    /// <summary>The password, apart from the configuration; readable by its owner only.</summary>
    public string AuthConfig => Path + "/auth.conf";

    public string Data => Path + "/data";

    /// <summary>What its server remembers of its cluster.</summary>
    public string Nodes => Data + "/nodes.conf";

    /// <summary>Why its server is held back; there while one is.</summary>
    public string HeldBack => Path + "/held-back";

    /// <summary>Until when a start has to wait, since the shard is being decided; there while it is.</summary>
    public string StartHold => Path + "/start-hold";

    /// <summary>What a server that is held back may write to.</summary>
    public string Voter => Path + "/voter";

    /// <summary>The replication streams that were its own, a line each.</summary>
    public string Streams => Path + "/streams";

    public string Log => $"{Path}/{LogName}";

    private string LogName { get; init; } = "valkey.log";

    /// <summary>Where its agent's files lie, which is a process as its server is.</summary>
    public MemberFolder Agent => new(Name, Path + "/agent") { LogName = "agent.log" };

    /// <summary>Which process was started last.</summary>
    public string Process => Path + "/process.json";

    /// <summary>The server's stdin: empty, and locked while the server or a child of it lives.</summary>
    public string Running => Path + "/running";

    /// <summary>The stdin of a server that converts its files before its own starts.</summary>
    public string Converting => $"{Path}/{ConvertingServer.LockName}";
}
