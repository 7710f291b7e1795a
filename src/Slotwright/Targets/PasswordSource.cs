using Slotwright.Core.Failures;
using Slotwright.Valkey.Connections;

namespace Slotwright.Targets;

/// <summary>The password of a cluster that has no host to ask: a file, the environment, a prompt, else none.</summary>
internal sealed class PasswordSource(Wiring wiring, Credentials? given)
{
    public const string PasswordVariable = "SLOTWRIGHT_PASSWORD";
    public const string UserVariable = "SLOTWRIGHT_USER";

    public ValueTask<Credentials?> GetAsync(CancellationToken ct) =>
        ValueTask.FromResult(
            given
                ?? (
                    wiring.Environment.GetValueOrDefault(PasswordVariable) is { Length: > 0 } password
                        ? new Credentials(User(wiring), password)
                        : null
                )
        );

    public static string? User(Wiring wiring) =>
        wiring.Environment.GetValueOrDefault(UserVariable) is { Length: > 0 } user ? user : null;

    /// <summary>The first line of a file.</summary>
    /// <exception cref="BadInputException">It can't be read, or is empty.</exception>
    public static string Read(FileInfo file, string where)
    {
        try
        {
            return File.ReadLines(file.FullName).FirstOrDefault() is { Length: > 0 } line
                ? line
                : throw new BadInputException(
                    new Problem(where, $"{file.FullName} is empty", "put the password in its first line")
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(new Problem(where, e.Message, "name a file that can be read"));
        }
    }
}
