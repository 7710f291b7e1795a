using Slotwright.Core.Failures;

namespace Slotwright.Local.State;

/// <summary>The user's home folder: HOME, else what the system's list of users says.</summary>
internal static class UserHome
{
    /// <param name="variable">The value of an environment variable, or null.</param>
    /// <returns>Absolute; null where nobody says it.</returns>
    /// <exception cref="BadInputException">HOME is a relative path: it would be another folder with each call.</exception>
    public static string? Find(Func<string, string?> variable)
    {
        if (variable("HOME") is { Length: > 0 } home)
        {
            return Path.IsPathRooted(home)
                ? home
                : throw new BadInputException(new Problem("HOME", $"'{home}' is no absolute path", "set it to one"));
        }
        var listed = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.IsPathRooted(listed) ? listed : null;
    }
}
