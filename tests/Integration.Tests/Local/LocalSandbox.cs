using System.Globalization;
using System.Text.Json;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Local.Servers;
using Slotwright.Local.State;

namespace Slotwright.Integration.Tests.Local;

/// <summary>A state root of a test's own; at the end every server that runs in it is ended and it is deleted.</summary>
internal sealed class LocalSandbox : IAsyncDisposable
{
    private static int _blocks;

    public LocalSandbox()
    {
        Root = new StateRoot(Directory.CreateTempSubdirectory("slotwright test-").FullName);
        Clusters = new LocalClusters(Root, TimeProvider.System);
    }

    public StateRoot Root { get; }

    public LocalClusters Clusters { get; }

    /// <summary>A spec whose members have addresses of their own, so that tests do not meet on ports.</summary>
    public static LocalSpec Spec { get; } = new() { OwnAddresses = true };

    /// <summary>Ports that no other test has: of this process, and of those that may run at the same time.</summary>
    public static int NextBasePort() =>
        10_000 + (Environment.ProcessId % 175 * 40) + (Interlocked.Increment(ref _blocks) % 4 * 10);

    public static Task<ServerBinary> ServerAsync() => TestServers.Of(TestVersions.Default);

    public async Task<LocalHost> UpAsync(LocalSpec? spec = null, ServerBinary? server = null)
    {
        spec ??= Spec;
        var host = Clusters.Host(spec.Name);
        await host.CreateAsync(spec, server ?? await ServerAsync(), default);
        return host;
    }

    public string FolderOf(string cluster, string member) => $"{Root.Path}/local/{cluster}/{member}";

    /// <summary>The process that is recorded for a member.</summary>
    public int RecordedPid(string cluster, string member) => RecordedPid(FolderOf(cluster, member));

    public static int RecordedPid(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllText($"{folder}/process.json"));
        return json.RootElement.GetProperty("identity").GetProperty("pid").GetInt32();
    }

    /// <summary>The state letter of a process; null where there is none, or only what is left of one.</summary>
    public static char? StateOf(int pid)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var state = text[text.LastIndexOf(')') + 2];
            return state is 'Z' or 'X' ? null : state;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in Clusters.List())
        {
            await using var host = Clusters.Host(cluster.Name);
            foreach (var member in await host.ListMembersAsync(default))
            {
                await host.KillAsync(member.Name, default);
            }
        }
        Directory.Delete(Root.Path, recursive: true);
    }
}
