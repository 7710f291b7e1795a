using System.CommandLine;
using Slotwright.Core.Failures;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// <c>slotwright pod install DIR</c>, an init container from Slotwright's image: puts this program into the volume
/// that it shares with the containers of other images.
/// </summary>
internal static class InstallRole
{
    private const string FileName = "slotwright";

    private const UnixFileMode Runnable =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    public static Command Create(Wiring wiring)
    {
        var folder = new Argument<string>("DIR") { Description = "the folder to put it into" };
        var command = new Command("install", "put a copy of this program into a folder") { folder };
        command.SetAction(parsed =>
        {
            var paths = new PodPaths(wiring.Environment.GetValueOrDefault(PodPaths.RootVariable, ""));
            var installed = Install(Environment.ProcessPath!, paths.At(parsed.GetValue(folder)!));
            new PodLog(wiring.Terminal, "install", wiring.Time).Report($"installed {installed}");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Whoever runs an older copy at this moment goes on with it.</summary>
    public static string Install(string program, string folder)
    {
        var target = Path.Combine(folder, FileName);
        var beside = $"{target}.{Environment.ProcessId}.new";
        try
        {
            Directory.CreateDirectory(folder);
            File.Copy(program, beside, overwrite: true);
            File.SetUnixFileMode(beside, Runnable);
            File.Move(beside, target, overwrite: true);
            return target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(
                $"{target} can't be written: {e.Message}",
                next: "look at the volume that is mounted there, and whether it is full",
                cause: e
            );
        }
    }
}
