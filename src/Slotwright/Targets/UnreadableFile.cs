using Slotwright.Core.Failures;

namespace Slotwright.Targets;

/// <summary>Why a file that an option names can't be read.</summary>
internal static class UnreadableFile
{
    public static BadInputException Because(FileInfo file, string option, Exception e) =>
        new(new Problem(option, What(file.FullName, e), "name a file that can be read"));

    private static string What(string path, Exception e) =>
        e switch
        {
            _ when Directory.Exists(path) => $"{path} is a folder",
            FileNotFoundException or DirectoryNotFoundException => $"there is no file {path}",
            UnauthorizedAccessException => $"you may not read {path}",
            _ => $"{path} can't be read: {e.Message.TrimEnd('.')}",
        };
}
