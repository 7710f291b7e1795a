using System.Buffers.Text;
using System.Security.Cryptography;
using Slotwright.Core.Failures;

namespace Slotwright.Local.State;

/// <summary>The password of a local cluster's default user, in a file of its own.</summary>
internal static class PasswordFile
{
    private const int RandomBytes = 32;

    public static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <exception cref="OperationFailedException">It is not there, or not ours to read.</exception>
    public static string Read(ClusterFolder folder)
    {
        try
        {
            return File.ReadAllText(folder.Password).TrimEnd('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(
                $"the password of {folder.Name} can't be read: {e.Message}",
                next: $"write it into {folder.Password} again: it also stands in auth.conf of each member",
                cause: e
            );
        }
    }

    public static void Write(ClusterFolder folder, string password) =>
        AtomicFile.Write(folder.Password, password + "\n");
}
