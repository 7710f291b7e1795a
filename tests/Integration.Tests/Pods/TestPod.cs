using System.Diagnostics;
using System.Text;
using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Processes;
using Slotwright.Operations.Targets;
using Slotwright.Output;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Pods;

/// <summary>One member's pod: its files, its environment, and its server where one runs.</summary>
internal sealed class TestPod : IAsyncDisposable
{
    public const string HeldBack = "run/slotwright/held-back";

    private readonly string _root;
    private readonly string _servers;
    private readonly Dictionary<string, string> _environment;
    private readonly StringBuilder _log = new();
    private Process? _server;

    public TestPod(string root, string hostname, NodeAddress address, string servers, string config)
    {
        _root = root;
        _servers = servers;
        Hostname = hostname;
        _environment = new(StringComparer.Ordinal)
        {
            ["PATH"] = servers,
            ["SLOTWRIGHT_POD_ROOT"] = root,
            ["POD_FQDN"] = hostname,
            ["SLOTWRIGHT_PASSWORD_FILE"] = "/etc/slotwright/auth/default",
            ["SLOTWRIGHT_GRACE_PERIOD"] = "30",
        };
        Address = address;
        Write("etc/slotwright/auth/default", PodSandbox.Password);
        Write("chart-config/valkey.conf", config);
        Directory.CreateDirectory(Path.Combine(root, "data"));
        Directory.CreateDirectory(Path.Combine(root, "run/slotwright"));
    }

    public string Hostname { get; }

    /// <summary>That of its next start.</summary>
    public NodeAddress Address
    {
        get;
        set
        {
            field = value;
            Set("POD_IP", value.Host);
            Set("SLOTWRIGHT_CLIENT_PORT", $"{value.Port}");
            Set("SLOTWRIGHT_BUS_PORT", $"{value.Port + 10000}");
        }
    }

    /// <summary>With which the test asks its server.</summary>
    public string Password { get; set; } = PodSandbox.Password;

    /// <summary>What the server's container has said.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <param name="file">Within the pod, without the leading slash.</param>
    public void Write(string file, string text)
    {
        var path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public string PathOf(string file) => Path.Combine(_root, file);

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public UnixFileMode ModeOf(string file) => File.GetUnixFileMode(PathOf(file));

    /// <summary>As if its volume had been lost.</summary>
    public void Wipe()
    {
        Directory.Delete(Path.Combine(_root, "data"), recursive: true);
        Directory.CreateDirectory(Path.Combine(_root, "data"));
    }

    /// <summary>A volume whose data were lost, but not what the server remembers of its cluster.</summary>
    public void WipeData()
    {
        foreach (var entry in new DirectoryInfo(PathOf("data")).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { Name: not "conf" } folder)
            {
                folder.Delete(recursive: true);
            }
            else if (entry is FileInfo && entry.Name != "nodes.conf")
            {
                entry.Delete();
            }
        }
    }

    public void Set(string variable, string? value)
    {
        _environment.Remove(variable);
        if (value is not null)
        {
            _environment[variable] = value;
        }
    }

    /// <summary><c>slotwright pod ...</c> in this process, with the pod's environment.</summary>
    public async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var terminal = new Terminal(
            Consoles.Of(output, redirected: true),
            Consoles.Of(error, redirected: true),
            Input: null,
            ReadSecret: null
        );
        var wiring = new Wiring(terminal, TimeProvider.System, new Random(1), _environment);
        var exitCode = await CommandLine.RunAsync(["pod", .. arguments], wiring, default);
        return new ProgramResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>A process of its own; the test reads and disposes of it.</summary>
    public Process StartProgram(params string[] arguments) =>
        StartProcess(Path.Combine(AppContext.BaseDirectory, "slotwright"), ["pod", .. arguments]);

    private Process StartProcess(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        TestProgram.Prepare(start, _root);
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    /// <summary>From its init container to a server that answers with its data.</summary>
    /// <param name="guards">Whether start looks at anything before the server begins: not so for the controls of tests.</param>
    /// <param name="heldBack">It may stay held back.</param>
    public async Task UpAsync(bool guards = true, bool heldBack = false)
    {
        var init = await RunAsync("init");
        Assert.True(init.ExitCode == 0, $"{init}");
        Start(guards);
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await RunAsync("probe", "startup")).ExitCode == 0
                && (heldBack || !(File.Exists(PathOf(HeldBack)) || File.Exists(PathOf("run/slotwright/preparing"))))
            ),
            $"{Hostname} did not come up: {Log}"
        );
    }

    /// <summary>Its server's container.</summary>
    public void Start(bool guards = true)
    {
        _server = guards
            ? StartProgram("start")
            : StartProcess(Path.Combine(_servers, "valkey-server"), [PathOf("data/conf/valkey.conf")]);
        _server.OutputDataReceived += Keep;
        _server.ErrorDataReceived += Keep;
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
    }

    public bool HasEnded => _server!.HasExited;

    /// <summary>The exit code of its server.</summary>
    public async Task<int> EndAsync()
    {
        await _server!.WaitForExitAsync();
        var code = _server.ExitCode;
        _server.Dispose();
        _server = null;
        return code;
    }

    public async Task<int> TermAsync()
    {
        Terminate();
        return await EndAsync();
    }

    /// <summary>Asks its server to end.</summary>
    public void Terminate() => _ = Native.Kill(_server!.Id, Native.SigTerm);

    /// <summary>Its server hangs.</summary>
    public void Stop() => _ = Native.Kill(_server!.Id, Native.SigStop);

    public void Continue() => _ = Native.Kill(_server!.Id, Native.SigCont);

    public async Task KillAsync()
    {
        _server!.Kill();
        await EndAsync();
    }

    /// <summary>One line, and whether it is ready.</summary>
    public async Task<(bool Ready, string Line)> ReadinessAsync()
    {
        var result = await RunAsync("probe", "readiness");
        Assert.Empty(result.Error);
        return (result.ExitCode == 0, result.Output.TrimEnd('\n'));
    }

    public async Task BecomesReadyAsync()
    {
        var line = "";
        var ready = await TestCluster.BecomesAsync(async () =>
        {
            (var isReady, line) = await ReadinessAsync();
            return isReady && !line.Contains("pending", StringComparison.Ordinal);
        });
        Assert.True(ready, $"{Hostname}: {line}");
    }

    public async Task<ValkeyConnection> ConnectAsync() =>
        await ValkeyConnection.OpenAsync(
            await TcpDialer.ConnectAsync(Address, TimeProvider.System, default),
            new Credentials(null, Password),
            Hostname,
            default
        );

    /// <summary>The reply, also where it is an error.</summary>
    public async Task<RespValue> SendAsync(params string[] words)
    {
        await using var node = await ConnectAsync();
        return await node.SendAsync(RespCommand.Of(words), default);
    }

    public async Task<string> GetAsync(string setting)
    {
        await using var node = await ConnectAsync();
        return (await node.ConfigGetAsync(setting, default))!;
    }

    public async Task SetAsync(string setting, string value)
    {
        await using var node = await ConnectAsync();
        await node.ConfigSetAsync(setting, value, default);
    }

    public async Task<NodeId> IdAsync()
    {
        await using var node = await ConnectAsync();
        return await node.MyIdAsync(default);
    }

    public async Task<bool> IsPrimaryAsync()
    {
        await using var node = await ConnectAsync();
        return (await node.ServerInfoAsync(default)).IsPrimary;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            await KillAsync();
        }
        _server?.Dispose();
        foreach (
            var left in MemberProcesses.Holders([PathOf("run/slotwright/converting"), PathOf("run/slotwright/voting")])
        )
        {
            Signals.Send(left, Signal.Kill);
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
        {
            _log.AppendLine(line.Data);
        }
    }
}
