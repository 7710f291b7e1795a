using System.Diagnostics;
using System.Globalization;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Unit.Tests.Kubernetes;

namespace Slotwright.Integration.Tests.Kubernetes;

/// <summary>
/// Real servers that have not met, as the pods of a release, and the Job's environment as the chart makes it: names
/// in a file that stands for DNS, the password in a file, and an API server that is a fake.
/// </summary>
internal sealed class JobSandbox : IAsyncDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("slotwright-pod-");

    private readonly Dictionary<string, string> _more = new(StringComparer.Ordinal);

    private JobSandbox(TestCluster cluster, FakeApiServer api, FakeRelease release)
    {
        (Cluster, Api, Release) = (cluster, api, release);
    }

    public TestCluster Cluster { get; }

    public FakeApiServer Api { get; }

    public FakeRelease Release { get; }

    public static async Task<JobSandbox> StartAsync(LocalSpec? spec = null)
    {
        var cluster = await TestCluster.StartAsync(spec ?? Local.LocalSandbox.Spec);
        var (api, release) = await ReleaseOfServers.MakeAsync(cluster);
        var sandbox = new JobSandbox(cluster, api, release);
        var members = await cluster.Host.ListMembersAsync(default);
        sandbox.Write(
            "etc/hosts",
            string.Concat(members.Select(m => $"{m.Address.Host} {m.Name}.{release.Service}\n"))
        );
        sandbox.Write("etc/slotwright/auth/default", (await cluster.Host.GetCredentialsAsync(default))!.Password);
        sandbox.Write("chart-config/valkey.conf", "loglevel notice\nrepl-diskless-sync-delay 5\n");
        return sandbox;
    }

    /// <summary>A variable of one kind of Job alone.</summary>
    public void Set(string variable, string value) => _more[variable] = value;

    public Task<ProgramResult> RunAsync(
        string role,
        int members = 6,
        int replicas = 1,
        string zones = "servers",
        int wait = 60
    ) => TestProgram.RunAsync("/nonexistent/slotwright", Variables(members, replicas, zones, wait), "pod", role);

    /// <summary>A process of its own, to be killed.</summary>
    public Process Start(string role)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "slotwright"), ["pod", role])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        TestProgram.Prepare(start, "/nonexistent/slotwright");
        foreach (var (name, value) in Variables(6, 1, "servers", 60))
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Cluster.DisposeAsync();
        _root.Delete(recursive: true);
    }

    private Dictionary<string, string> Variables(int members, int replicas, string zones, int wait) =>
        new(_more, StringComparer.Ordinal)
        {
            ["SLOTWRIGHT_POD_ROOT"] = _root.FullName,
            ["KUBECONFIG"] = Api.KubeConfig,
            ["NAMESPACE"] = FakeRelease.Namespace,
            ["SLOTWRIGHT_RELEASE"] = FakeRelease.Name,
            ["SLOTWRIGHT_STATEFULSET"] = FakeRelease.Name,
            ["SLOTWRIGHT_SERVICE"] = Release.Service,
            ["SLOTWRIGHT_MEMBERS"] = Text(members),
            ["SLOTWRIGHT_REPLICAS_PER_PRIMARY"] = Text(replicas),
            ["SLOTWRIGHT_CLIENT_PORT"] = Text(Release.ClientPort),
            ["SLOTWRIGHT_BUS_PORT"] = Text(Release.ClientPort + 10000),
            ["SLOTWRIGHT_PASSWORD_FILE"] = "/etc/slotwright/auth/default",
            ["SLOTWRIGHT_ZONES"] = zones,
            ["SLOTWRIGHT_WAIT"] = Text(wait),
        };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>As external-secrets does: the Secret alone, which the servers don't hear of.</summary>
    public void ChangeSecret(string password)
    {
        Write("etc/slotwright/auth/default", password);
        Api.Put(FakeRelease.SecretOf(password));
    }

    /// <summary>The program on the release, from outside of the cluster.</summary>
    public Task<ProgramResult> CommandAsync(string verb, params string[] arguments) =>
        TestProgram.RunAsync(
            "/nonexistent/slotwright",
            [],
            [verb, "--target", FakeRelease.Target, "--kubeconfig", Api.KubeConfig, .. arguments]
        );

    /// <summary>In the pod's root.</summary>
    public string PathOf(string name) => Path.Combine(_root.FullName, name);

    public void Write(string name, string text)
    {
        var path = Path.Combine(_root.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
