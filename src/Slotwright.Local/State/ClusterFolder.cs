namespace Slotwright.Local.State;

/// <summary>Where a local cluster's files lie. Path is absolute and without symbolic links.</summary>
internal sealed record ClusterFolder(string Name, string Path)
{
    public string Cluster => Path + "/cluster.json";

    public string Password => Path + "/password";

    public string Lock => Path + "/lock";

    /// <summary>Locked while a drill goes on.</summary>
    public string Drill => Path + "/drill";

    /// <summary>What a drill has hurt.</summary>
    public string Hurt => Path + "/hurt.json";

    public MemberFolder Member(string member) => new(member, $"{Path}/{member}");
}
