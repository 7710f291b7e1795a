using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Core.Failures;

namespace Slotwright.Local.State;

/// <summary>What cluster.json says: all that a local cluster is, apart from its data and its password.</summary>
/// <param name="Version">Of this format.</param>
/// <param name="Addresses">By ordinal: what each member binds to and announces.</param>
/// <param name="Network">With addresses of their own, the first three octets of the members'; else null.</param>
/// <param name="NextHost">The fourth octet from which new addresses are taken; 0 without addresses of their own.</param>
/// <param name="MaxMemory">Bytes a member.</param>
/// <param name="Settings">Its user's valkeyConfig, over the defaults: name to arguments.</param>
internal sealed record ClusterFile(
    int Version,
    string Name,
    int Members,
    int ReplicasPerPrimary,
    int Zones,
    ImmutableArray<NodeAddress> Addresses,
    string? Network,
    int NextHost,
    long MaxMemory,
    ImmutableSortedDictionary<string, string> Settings,
    ServerRecord Server,
    DateTimeOffset Created
)
{
    public const int CurrentVersion = 1;

    /// <summary>Its members have agents.</summary>
    public bool Agents { get; init; }

    /// <summary>How often its members were asked to restart as they are: part of their revision.</summary>
    public int Restarts { get; init; }

    /// <summary>The server before the last change of it, so that there is a way back to that one; null before any.</summary>
    public PreviousServer? Previous { get; init; }

    /// <summary>What its agents may do about a primary that is gone; null for what they do by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FailoverOptions? Failover { get; init; }

    [JsonIgnore]
    public bool HasOwnAddresses => Network is not null;

    /// <summary>Its parts fit together.</summary>
    [JsonIgnore]
    public bool IsSound =>
        Members > 0
        && Addresses.Length == Members
        && ReplicasPerPrimary >= 0
        && Zones is > 0 and <= 26
        && System.Version.TryParse(Server.Version, out _);

    public string MemberName(int ordinal) => $"{Name}-{ordinal}";

    [JsonIgnore]
    public IEnumerable<string> MemberNames => Enumerable.Range(0, Members).Select(MemberName);

    public string Zone(int ordinal) => ZoneName(ordinal % Zones);

    public string Hostname(int ordinal) => $"{MemberName(ordinal)}.{Name}.localhost";

    public static string ZoneName(int zone) => $"az-{(char)('a' + zone)}";

    /// <exception cref="OperationFailedException">It can't be used.</exception>
    public static ClusterFile Read(ClusterFolder folder)
    {
        try
        {
            var bytes = File.ReadAllBytes(folder.Cluster);
            if (bytes.Length == 0)
            {
                throw Unusable(folder, "can't be read: it is empty", "restore the file from a copy");
            }
            using var json = JsonDocument.Parse(bytes);
            return VersionOf(json.RootElement) switch
            {
                CurrentVersion => json.RootElement.Deserialize(LocalJson.Default.ClusterFile) is { IsSound: true } file
                    ? file
                    : throw Unusable(folder, "contradicts itself", "restore the file from a copy"),
                > CurrentVersion => throw Unusable(folder, "was written by a newer slotwright", "use that one"),
                _ => throw Unusable(folder, "has no known version", "restore the file from a copy"),
            };
        }
        catch (JsonException e)
        {
            throw Unusable(folder, $"can't be read: {What(e)}", "restore the file from a copy");
        }
    }

    public void Write(ClusterFolder folder) =>
        AtomicFile.Write(folder.Cluster, JsonSerializer.SerializeToUtf8Bytes(this, LocalJson.Default.ClusterFile));

    private static int? VersionOf(JsonElement json) =>
        json.ValueKind is JsonValueKind.Object
        && json.TryGetProperty("version", out var element)
        && element.ValueKind is JsonValueKind.Number
        && element.TryGetInt32(out var version)
            ? version
            : null;

    /// <summary>Where a file is cut off or damaged; a document that is whole JSON has a path instead of a line.</summary>
    private static string What(JsonException e) =>
        e.Path is { Length: > 1 } path ? $"what it says at {path} can't be used"
        : e.LineNumber is { } line ? $"it is damaged or cut off in line {line + 1}"
        : "what a cluster needs is missing in it";

    /// <summary>What runs is found without the file, so that a cluster can be given up at least.</summary>
    private static OperationFailedException Unusable(ClusterFolder folder, string what, string next) =>
        new(
            $"{folder.Cluster} {what}",
            next: $"{next}, or give up the cluster and its data: slotwright down --purge --name {folder.Name}"
        );
}
