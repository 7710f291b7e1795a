using Slotwright.Core.Failures;
using Slotwright.Local.Servers;

namespace Slotwright.Pod;

/// <summary>The valkey-server of the image that the pod runs.</summary>
internal static class ServerProgram
{
    public const string Name = "valkey-server";

    private const string Remedy = "image.repository has to be a Valkey image with glibc, such as valkey/valkey";

    /// <summary>Its path, by PATH.</summary>
    /// <exception cref="OperationFailedException">It is not there.</exception>
    public static string Find(PodEnvironment pod) =>
        pod.SearchPath.Split(':')
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Combine(folder, Name))
            .FirstOrDefault(File.Exists)
        ?? throw new OperationFailedException($"there is no {Name} on the PATH of this image", next: Remedy);

    /// <exception cref="OperationFailedException">It does not run, or is no Valkey.</exception>
    public static async Task<Version> VersionAsync(string program, TimeProvider time, CancellationToken ct)
    {
        var (_, version, problem) = await ServerProbe.AskAsync(program, time, ct);
        return version ?? throw new OperationFailedException($"{program}: {problem}", next: Remedy);
    }
}
