using System.Text;

namespace Slotwright.Pod;

/// <summary>
/// The log of the server's container. The kubelet keeps what a hook says to itself; here <c>kubectl logs</c> has it.
/// </summary>
internal static class ContainerLog
{
    /// <returns>Null where this process does not run beside a server that has the place of the first one.</returns>
    public static Action<string>? Find()
    {
        try
        {
            return File.ReadAllText("/proc/1/comm").Trim() == ServerProgram.Name ? Append : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Append(string line)
    {
        try
        {
            using var log = new FileStream("/proc/1/fd/1", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            log.Write(Encoding.UTF8.GetBytes($"{line}\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the talk is on standard error all the same
        }
    }
}
