namespace Slotwright.Core.Pods;

/// <summary>
/// A command of this program as it is typed to be run in a pod of a release, which has the program, reaches the members
/// and can change them. In /tmp, since a pod may write nowhere else.
/// </summary>
public static class InPod
{
    /// <param name="pod">One that runs; <c>POD</c> where none is known.</param>
    /// <param name="arguments">The command without the program's name.</param>
    /// <param name="node">Where a member is reached; by default that of the pod itself, at the usual port.</param>
    public static string Command(
        string ns,
        string pod,
        string arguments,
        bool hasPassword,
        string node = "$(hostname -i):6379"
    ) =>
        $"kubectl -n {ns} exec {pod} -c valkey -- sh -c 'cd /tmp; /opt/slotwright/slotwright {arguments} "
        + $"--target nodes:{node}{(hasPassword ? " --password-file $SLOTWRIGHT_PASSWORD_FILE" : "")} --yes'";
}
