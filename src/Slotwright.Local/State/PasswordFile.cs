using System.Buffers.Text;
using System.Security.Cryptography;

namespace Slotwright.Local.State;

/// <summary>The password of a local cluster's default user, in a file of its own.</summary>
internal static class PasswordFile
{
    private const int RandomBytes = 32;

    public static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static string Read(ClusterFolder folder) => File.ReadAllText(folder.Password).TrimEnd('\n');

    public static void Write(ClusterFolder folder, string password) =>
        AtomicFile.Write(folder.Password, password + "\n");
}
