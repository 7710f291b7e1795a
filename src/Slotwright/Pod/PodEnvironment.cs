using System.Globalization;
using System.Net;
using Slotwright.Core.Failures;

namespace Slotwright.Pod;

/// <summary>What the chart tells a member's containers by environment variables.</summary>
/// <param name="Fqdn">The member's name in DNS, which it announces.</param>
/// <param name="Ip">The pod's address.</param>
/// <param name="PasswordFile">Null where authentication is off.</param>
/// <param name="GracePeriod">How long the pod may take to end.</param>
/// <param name="MaxMemoryPercent">1 to 100, of MemoryLimit; null where the user's valkeyConfig decides.</param>
/// <param name="MemoryLimit">Bytes; null where there is none.</param>
internal sealed record PodEnvironment(
    PodPaths Paths,
    string Fqdn,
    string Ip,
    int ClientPort,
    int BusPort,
    string? PasswordFile,
    TimeSpan GracePeriod,
    int? MaxMemoryPercent,
    long? MemoryLimit
)
{
    private const int DefaultClientPort = 6379;
    private const int DefaultBusPort = 16379;
    private const int DefaultGracePeriod = 30;
    private const string Remedy = "the chart sets it; don't override it by extraEnv";

    /// <summary>Where the member's own server can be reached: it listens everywhere, or on this address alone.</summary>
    public string OwnAddress =>
        IPAddress.TryParse(Ip, out var ip) && IPAddress.IsLoopback(ip) ? Ip : IPAddress.Loopback.ToString();

    /// <summary>The headless Service, whose name in DNS has the addresses of all members; empty where the name has no domain.</summary>
    public string Service => Fqdn.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? Fqdn[(dot + 1)..] : "";

    /// <param name="variable">An environment variable, or null.</param>
    /// <exception cref="BadInputException">All that can't be used.</exception>
    public static PodEnvironment Read(Func<string, string?> variable)
    {
        var problems = new List<Problem>();
        var paths = new PodPaths(Path.TrimEndingDirectorySeparator(variable(PodPaths.RootVariable) ?? ""));
        var environment = new PodEnvironment(
            paths,
            Text("POD_FQDN"),
            Address("POD_IP"),
            Port("SLOTWRIGHT_CLIENT_PORT") ?? DefaultClientPort,
            Port("SLOTWRIGHT_BUS_PORT") ?? DefaultBusPort,
            variable("SLOTWRIGHT_PASSWORD_FILE") is { Length: > 0 } file ? paths.At(file) : null,
            TimeSpan.FromSeconds(Number("SLOTWRIGHT_GRACE_PERIOD", 0, int.MaxValue) ?? DefaultGracePeriod),
            (int?)Number("SLOTWRIGHT_MAXMEMORY_PERCENT", 1, 100),
            Number("SLOTWRIGHT_MEMORY_LIMIT", 1, long.MaxValue)
        );
        return problems.Count == 0 ? environment : throw new BadInputException([.. problems]);

        string Text(string name)
        {
            if (variable(name) is { Length: > 0 } text)
            {
                return text;
            }
            problems.Add(new Problem(name, "is not set", Remedy));
            return "";
        }

        string Address(string name)
        {
            var text = Text(name);
            if (text.Length > 0 && !IPAddress.TryParse(text, out _))
            {
                problems.Add(new Problem(name, $"'{text}' is no IP address", Remedy));
            }
            return text;
        }

        int? Port(string name) => (int?)Number(name, 1, 65535);

        long? Number(string name, long least, long most)
        {
            if (variable(name) is not { Length: > 0 } text)
            {
                return null;
            }
            if (
                long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least
                && number <= most
            )
            {
                return number;
            }
            problems.Add(new Problem(name, $"'{text}' is not a whole number of {least} to {most}", Remedy));
            return null;
        }
    }
}
