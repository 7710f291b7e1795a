using Slotwright.Core.Failures;
using Slotwright.Local.Processes;

namespace Slotwright.Local.State;

/// <summary>The folder below which Slotwright keeps what it has on this machine.</summary>
/// <param name="Path">Absolute; need not exist yet.</param>
public sealed record StateRoot(string Path)
{
    public string Local => Path + "/local";

    /// <summary>Locked while addresses are chosen.</summary>
    internal string Planning => Local + "/.planning";

    /// <summary>SLOTWRIGHT_HOME, else XDG_STATE_HOME/slotwright, else ~/.local/state/slotwright.</summary>
    /// <param name="variable">The value of an environment variable, or null.</param>
    public static StateRoot From(Func<string, string?> variable)
    {
        if (variable("SLOTWRIGHT_HOME") is { Length: > 0 } home)
        {
            return new StateRoot(System.IO.Path.GetFullPath(home));
        }
        // the specification has relative paths ignored
        var state =
            variable("XDG_STATE_HOME") is { Length: > 0 } xdg && System.IO.Path.IsPathRooted(xdg)
                ? xdg
                : $"{Home(variable)}/.local/state";
        return new StateRoot(System.IO.Path.GetFullPath(state + "/slotwright"));
    }

    internal bool Has(string cluster) => File.Exists($"{Local}/{cluster}/cluster.json");

    /// <summary>The folder of a cluster that has one.</summary>
    internal ClusterFolder Folder(string cluster) =>
        new(cluster, Directory.Exists(Local) ? $"{RealPath.Of(Local)}/{cluster}" : $"{Local}/{cluster}");

    internal ClusterFolder MakeFolder(string cluster)
    {
        Directory.CreateDirectory(Local, Permissions.OwnerOnlyFolder);
        var folder = Folder(cluster);
        Directory.CreateDirectory(folder.Path, Permissions.OwnerOnlyFolder);
        return folder;
    }

    private static string Home(Func<string, string?> variable) =>
        UserHome.Find(variable)
        ?? throw new OperationFailedException(
            "there is no folder to keep clusters in: neither SLOTWRIGHT_HOME nor XDG_STATE_HOME nor HOME is set",
            next: "set SLOTWRIGHT_HOME to a folder that you may write"
        );
}
