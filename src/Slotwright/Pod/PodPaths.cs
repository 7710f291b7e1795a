namespace Slotwright.Pod;

/// <summary>Where things lie in a member's pod.</summary>
/// <param name="Root">What stands before each path: empty in a pod, a folder where a pod's life is rehearsed.</param>
internal sealed record PodPaths(string Root)
{
    public const string RootVariable = "SLOTWRIGHT_POD_ROOT";

    /// <summary>The volume.</summary>
    public string Data => At("/data");

    public string Config => At("/data/conf/valkey.conf");

    public string Auth => At("/data/conf/auth.conf");

    /// <summary>What the server remembers of its cluster.</summary>
    public string Nodes => At("/data/nodes.conf");

    /// <summary>The member's availability zone as it was told, for its next start.</summary>
    public string Zone => At("/data/conf/availability-zone");

    /// <summary>What the chart has for all members.</summary>
    public string ChartConfig => At("/chart-config/valkey.conf");

    /// <summary>The run_id of the server that was ready as a member of a formed cluster.</summary>
    public string Ready => At("/run/slotwright/ready");

    /// <summary>Why the server is held back, in one line; not there where it is not.</summary>
    public string HeldBack => At("/run/slotwright/held-back");

    /// <summary>Made by hand where a member without nodes.conf is to start: it runs no server that could be told.</summary>
    public string LetStart => At("/run/slotwright/let-start");

    /// <summary>The replication streams that were its own, a line each.</summary>
    public string Streams => At("/data/conf/streams");

    /// <summary>Where it was when it left without a follower.</summary>
    public string Lead => At("/data/conf/lead");

    /// <summary>What a server that is held back may write to.</summary>
    public string Voter => At("/run/slotwright/voter");

    /// <summary>The stdin of a server that is held back.</summary>
    public string VoterLock => At("/run/slotwright/voting");

    public string VoterLog => At("/run/slotwright/voter.log");

    /// <summary>Until when a start has to wait, since the shard is being decided; there while it is.</summary>
    public string StartHold => At("/run/slotwright/start-hold");

    /// <summary>Locked from the beginning of a start to the end of its server.</summary>
    public string Running => At("/run/slotwright/running");

    /// <summary>What start does that takes its time; there while it does.</summary>
    public string Preparing => At("/run/slotwright/preparing");

    /// <summary>What a container's restart survives and a pod does not.</summary>
    public string Run => At("/run/slotwright");

    public string Hosts => At("/etc/hosts");

    /// <summary>An absolute path of the pod.</summary>
    public string At(string path) =>
        Root.Length == 0 || path.StartsWith(Root + "/", StringComparison.Ordinal) ? path : Root + path;
}
