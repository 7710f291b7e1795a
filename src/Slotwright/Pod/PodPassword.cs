using System.Text;
using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Local.State;

namespace Slotwright.Pod;

/// <summary>
/// The password of the release's Secret, from the file that it is mounted as, and the one that the member has: they
/// differ where the Secret was changed from outside, since running servers don't hear of that.
/// </summary>
internal static class PodPassword
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// The one that the member's server has, for all who ask it: from its volume, and before its first start the Secret's.
    /// </summary>
    /// <returns>Null where authentication is off.</returns>
    /// <exception cref="OperationFailedException">There is none.</exception>
    public static string? OfMember(PodEnvironment pod) =>
        pod.PasswordFile is null ? null : OnVolume(pod.Paths) ?? Read(pod.PasswordFile);

    /// <returns>Null where nothing there can be used.</returns>
    public static string? OnVolume(PodPaths paths)
    {
        try
        {
            return AuthFile.PasswordIn(File.ReadAllText(paths.Auth));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The password of the Secret, where it is another than the one on the volume.</summary>
    public static string? Changed(PodEnvironment pod)
    {
        try
        {
            return Read(pod.PasswordFile) is { } secret && OnVolume(pod.Paths) is { } kept && secret != kept
                ? secret
                : null;
        }
        catch (OperationFailedException)
        {
            return null; // what is wrong with the Secret init says
        }
    }

    /// <summary>The member has another password from now on.</summary>
    public static void Keep(PodPaths paths, string password) =>
        AtomicFile.Write(paths.Auth, AuthFile.With(File.ReadAllText(paths.Auth), password));

    /// <returns>Null where authentication is off. A line break at its end is none of the password.</returns>
    /// <exception cref="OperationFailedException">It is not there, or no password.</exception>
    public static string? Read(string? file)
    {
        if (file is null)
        {
            return null;
        }
        try
        {
            var text = Strict.GetString(File.ReadAllBytes(file)).TrimEnd('\n', '\r');
            return text.Length > 0 ? text : throw Failed($"{file} is empty", null);
        }
        catch (DecoderFallbackException e)
        {
            throw Failed($"what {file} holds is no text in UTF-8", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed($"the password can't be read: {e.Message}", e);
        }
    }

    private static OperationFailedException Failed(string what, Exception? cause) =>
        new(
            what,
            next: "look at the release's Secret and the key that auth.existingSecretPasswordKey names",
            cause: cause
        );
}
