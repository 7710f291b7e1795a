namespace Slotwright.Core.Configuration;

/// <summary>
/// The file with the member's password, which its configuration includes: what its clients have to say, and what it
/// says to its primary.
/// </summary>
public static class AuthFile
{
    private const string RequirePass = "requirepass";

    public static string Of(Version version, string password) =>
        Settings
            .Of(Setting.Text(RequirePass, password), Setting.Text(ServerFeatures.PrimaryAuth(version), password))
            .Render();

    /// <summary>The same file with another password.</summary>
    public static string With(string text, string password) =>
        Settings.Of([.. ConfigText.Parse(text).Select(line => Setting.Text(line.Name, password))]).Render();

    /// <returns>Null where it has none, or none that can be understood.</returns>
    public static string? PasswordIn(string text) =>
        ConfigText.Parse(text).LastOrDefault(line => line.Name == RequirePass) is { } line
        && ConfigWords.Split(line.Arguments) is [{ Length: > 0 } password]
            ? password
            : null;
}
