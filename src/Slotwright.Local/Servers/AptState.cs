using System.Globalization;

namespace Slotwright.Local.Servers;

/// <summary>
/// A private state for apt: its own sources, lists, cache and an empty package database, so that the whole closure of
/// a package is resolved, nobody need be root, and nothing of the system's is read or written but apt's settings
/// (proxies, certificates, passwords of mirrors), which stay those of the machine.
/// </summary>
internal static class AptState
{
    public const string Keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /// <summary>Makes the folder; the result is the file for <c>apt-get -c</c>.</summary>
    public static async Task<string> CreateAsync(
        string folder,
        DebianRelease release,
        string mirror,
        string architecture,
        CancellationToken ct
    )
    {
        foreach (var name in (string[])["lists/partial", "archives/partial", "preferences.d", "none"])
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
        }
        await File.WriteAllTextAsync(Path.Combine(folder, "status"), "", ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "sources.list"), Sources(release, mirror, architecture), ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "preferences.d", "valkey"), Preferences(release), ct);
        var settings = Path.Combine(folder, "apt.conf");
        await File.WriteAllTextAsync(settings, Settings(folder, architecture), ct);
        return settings;
    }

    public static string Sources(DebianRelease release, string mirror, string architecture) =>
        string.Concat(
            new[] { release.Base, release.Suite }
                .OfType<string>()
                .Select(suite =>
                    $"deb [signed-by={Keyring} arch={architecture} target=Packages] {mirror} {suite} main\n"
                )
        );

    /// <summary>Backports are not taken by themselves: Valkey is, the rest comes from the base suite.</summary>
    public static string Preferences(DebianRelease release) =>
        $"Package: valkey-*\nPin: release n={release.Suite}\nPin-Priority: 900\n";

    public static string Settings(string folder, string architecture) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            #clear APT::Update::Pre-Invoke;
            #clear APT::Update::Post-Invoke;
            #clear APT::Update::Post-Invoke-Success;
            #clear APT::Architectures;
            APT::Architecture "{architecture}";
            APT::Architectures "{architecture}";
            APT::Default-Release "";
            APT::Install-Recommends "false";
            APT::Install-Suggests "false";
            APT::Sandbox::User "";
            APT::Get::AllowUnauthenticated "false";
            APT::Update::Error-Mode "any";
            Acquire::AllowInsecureRepositories "false";
            Acquire::AllowDowngradeToInsecureRepositories "false";
            Acquire::Languages "none";
            Acquire::PDiffs "false";
            Acquire::Retries "3";
            Acquire::http::Timeout "30";
            Acquire::https::Timeout "30";
            Dir::Etc::sourcelist "{folder}/sources.list";
            Dir::Etc::sourceparts "{folder}/none";
            Dir::Etc::preferences "/dev/null";
            Dir::Etc::preferencesparts "{folder}/preferences.d";
            Dir::State "{folder}";
            Dir::State::lists "{folder}/lists";
            Dir::State::status "{folder}/status";
            Dir::State::extended_states "{folder}/extended_states";
            Dir::Cache "{folder}";
            Dir::Cache::archives "{folder}/archives";
            Dir::Log "{folder}";

            """
        );
}
