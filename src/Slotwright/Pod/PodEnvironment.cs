using System.Net;
using Slotwright.Core.Failures;
using Slotwright.Core.Fencing;
using Slotwright.Operations.Fencing;

namespace Slotwright.Pod;

/// <summary>What the chart tells a member's containers by environment variables.</summary>
/// <param name="Fqdn">The member's name in DNS, which it announces.</param>
/// <param name="Ip">The pod's address.</param>
/// <param name="PasswordFile">Null where authentication is off.</param>
/// <param name="GracePeriod">How long the pod may take to end.</param>
/// <param name="MaxMemoryPercent">1 to 100, of MemoryLimit; null where the user's valkeyConfig decides.</param>
/// <param name="MemoryLimit">Bytes; null where there is none.</param>
/// <param name="SearchPath">PATH, which has the server.</param>
internal sealed record PodEnvironment(
    PodPaths Paths,
    string Fqdn,
    string Ip,
    int ClientPort,
    int BusPort,
    string? PasswordFile,
    TimeSpan GracePeriod,
    int? MaxMemoryPercent,
    long? MemoryLimit,
    string SearchPath
)
{
    private const int DefaultAgentPort = 9122;
    private const int DefaultClientPort = 6379;
    private const int DefaultBusPort = 16379;
    private const int DefaultGracePeriod = 30;
    private const string Remedy = "the chart sets it; don't override it by extraEnv";

    /// <summary>Port of the agent's metrics.</summary>
    public int AgentPort { get; private init; } = DefaultAgentPort;

    /// <summary>A pod is held back for as long as it takes.</summary>
    public FenceOptions Fence { get; private init; } =
        new(FenceOptions.DefaultTimeout, TimeSpan.MaxValue, WhenUnknown.Wait);

    /// <summary>Where the member's own server can be reached: it listens everywhere, or on this address alone.</summary>
    public string OwnAddress =>
        IPAddress.TryParse(Ip, out var ip) && IPAddress.IsLoopback(ip) ? Ip : IPAddress.Loopback.ToString();

    /// <summary>The headless Service, whose name in DNS has the addresses of all members; empty where the name has no domain.</summary>
    public string Service => Fqdn.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? Fqdn[(dot + 1)..] : "";

    /// <param name="variable">An environment variable, or null.</param>
    /// <exception cref="BadInputException">All that can't be used.</exception>
    public static PodEnvironment Read(Func<string, string?> variable)
    {
        var read = new ChartVariables(variable, Remedy);
        var environment = new PodEnvironment(
            read.Paths,
            read.Text("POD_FQDN"),
            Address("POD_IP"),
            Port("SLOTWRIGHT_CLIENT_PORT") ?? DefaultClientPort,
            Port("SLOTWRIGHT_BUS_PORT") ?? DefaultBusPort,
            read.PasswordFile,
            TimeSpan.FromSeconds(read.Number("SLOTWRIGHT_GRACE_PERIOD", 0, int.MaxValue) ?? DefaultGracePeriod),
            (int?)read.Number("SLOTWRIGHT_MAXMEMORY_PERCENT", 1, 100),
            read.Number("SLOTWRIGHT_MEMORY_LIMIT", 1, long.MaxValue),
            read.Find("PATH") ?? ""
        )
        {
            AgentPort = Port("SLOTWRIGHT_AGENT_PORT") ?? DefaultAgentPort,
            Fence = new FenceOptions(
                read.Number("SLOTWRIGHT_FENCE_TIMEOUT", 1, int.MaxValue) is { } seconds
                    ? TimeSpan.FromSeconds(seconds)
                    : FenceOptions.DefaultTimeout,
                TimeSpan.MaxValue,
                Unknown("SLOTWRIGHT_FENCE_WHEN_UNKNOWN")
            ),
        };
        return read.Problems.Count == 0 ? environment : throw new BadInputException([.. read.Problems]);

        string Address(string name)
        {
            var text = read.Text(name);
            if (text.Length > 0 && !IPAddress.TryParse(text, out _))
            {
                read.Refuse(name, $"'{text}' is no IP address");
            }
            return text;
        }

        WhenUnknown Unknown(string name)
        {
            var word = read.Find(name) ?? "wait";
            if (word is not ("wait" or "start"))
            {
                read.Refuse(name, $"'{word}' is neither wait nor start");
            }
            return word == "start" ? WhenUnknown.Start : WhenUnknown.Wait;
        }

        int? Port(string name) => (int?)read.Number(name, 1, 65535);
    }
}
