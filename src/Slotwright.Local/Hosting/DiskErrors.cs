using Slotwright.Core.Failures;
using Slotwright.Local.Processes;

namespace Slotwright.Local.Hosting;

/// <summary>What a person can do about a disk that is full or not ours to write.</summary>
internal static class DiskErrors
{
    /// <summary>Runs what writes below a folder.</summary>
    /// <exception cref="OperationFailedException">It could not be written.</exception>
    public static async Task<T> ExplainAsync<T>(string folder, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Explain(folder, e);
        }
    }

    public static bool IsFull(Exception e) => (e.HResult & 0xffff) == Native.ENoSpc;

    public static OperationFailedException Explain(string folder, Exception e) =>
        IsFull(e)
            ? new OperationFailedException(
                $"the disk of {folder} is full",
                next: "make room there, or set SLOTWRIGHT_HOME to a folder on another disk",
                cause: e
            )
            : new OperationFailedException(
                $"{folder} can't be written: {e.Message}",
                next: "see to its permissions, or set SLOTWRIGHT_HOME to another folder",
                cause: e
            );
}
