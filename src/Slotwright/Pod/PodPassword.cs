using System.Text;
using Slotwright.Core.Failures;

namespace Slotwright.Pod;

/// <summary>The password of the release's Secret, from the file that it is mounted as.</summary>
internal static class PodPassword
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

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
