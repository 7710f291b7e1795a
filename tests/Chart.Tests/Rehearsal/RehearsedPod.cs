using System.Collections.Concurrent;
using k8s.Models;

namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>
/// A stand-in for what a kubelet does with one pod: init containers one after the other, one container's command with
/// its environment and mounts, its probes, its preStop hook, TERM, and KILL when the grace period is over, and native
/// sidecars around it. It does not pull images, keep limits, isolate anything, mount anything read-only, run a second
/// container, start a container again that has ended, or kill one for its liveness: that a container ended by itself, or
/// was ready and is not any more, is trouble that the test is told of.
/// </summary>
internal sealed class RehearsedPod : IAsyncDisposable
{
    /// <summary>Periods and first delays of probes are divided by this.</summary>
    private const int Haste = 10;

    /// <summary>TERM gets that long even where preStop has used up all.</summary>
    private static readonly TimeSpan LeastForTerm = TimeSpan.FromSeconds(2);

    private readonly RehearsalNode _node;
    private readonly string _folder;
    private readonly PodMounts _mounts;
    private readonly List<RehearsedSidecar> _sidecars = [];
    private readonly V1Container _container;
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, string> _logs = new(StringComparer.Ordinal);
    private RehearsedProcess? _process;
    private ProbeLoop? _readiness;
    private Task _probing = Task.CompletedTask;
    private bool _isEnding;

    /// <param name="folder">Of this pod alone; claims lie elsewhere.</param>
    public RehearsedPod(RehearsalNode node, V1Pod pod, string folder)
    {
        _node = node;
        Pod = pod;
        _container = pod.Spec.Containers[0];
        _folder = folder;
        _mounts = MountsIn(folder);
    }

    public V1Pod Pod { get; }

    public string Name => Pod.Metadata.Name;

    public bool IsReady => _readiness?.Result == true && !_isEnding;

    /// <summary>What the readiness probe said last.</summary>
    public string ReadyLine => _readiness?.Line ?? "";

    /// <summary>What would have made a kubelet act, where the test did not ask for it.</summary>
    public ConcurrentQueue<string> Trouble { get; } = new();

    /// <summary>What all of its containers and its preStop hook have said.</summary>
    public string Log =>
        string.Concat(_logs.Select(l => $"--- {Name} {l.Key}\n{l.Value}"))
        + (_process is null ? "" : $"--- {Name} {_container.Name}\n{_process.Log}")
        + string.Concat(_sidecars.Select(s => $"--- {Name} {s.Name}\n{s.Log}"));

    /// <summary>Those that have begun.</summary>
    public IReadOnlyList<RehearsedSidecar> Sidecars => _sidecars;

    /// <summary>Until its container runs.</summary>
    /// <exception cref="PodTroubleException">An init container failed, or something that it needs is not there.</exception>
    public async Task StartAsync()
    {
        foreach (var container in Pod.Spec.InitContainers ?? [])
        {
            if (RehearsedSidecar.Is(container))
            {
                Begin(container);
                continue;
            }
            _mounts.Lay(container);
            using var process = Start(container, container.Command);
            var code = await process.Ended;
            _logs[container.Name] = process.Log;
            CheckStrays(container);
            if (code != 0)
            {
                throw new PodTroubleException($"init container {container.Name} ended with {code}: {process.Log}");
            }
        }
        _mounts.Lay(_container);
        _process = Start(_container, _container.Command);
        _probing = Task.WhenAll(WatchAsync(_process), ProbeAsync());
    }

    /// <summary>Until its container has ended by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        _isEnding = true; // nothing that runs to its end is in trouble when it ends
        await StartAsync();
        return await _process!.Ended;
    }

    /// <summary>The container's first process, by SIGKILL.</summary>
    public async Task KillAsync()
    {
        _isEnding = true;
        _process!.Kill();
        await _process.Ended;
    }

    /// <summary>As when it is deleted.</summary>
    /// <param name="withPreStop">False: the hook is left out.</param>
    public async Task DeleteAsync(bool withPreStop = true)
    {
        _isEnding = true;
        var grace = TimeSpan.FromSeconds(Pod.Spec.TerminationGracePeriodSeconds ?? 30);
        var start = TimeProvider.System.GetTimestamp();
        if (withPreStop && _container.Lifecycle?.PreStop?.Exec is { } hook)
        {
            using var process = Start(_container, hook.Command);
            var inTime = await process.EndsWithinAsync(grace);
            _logs["preStop"] = process.Log;
            if (!inTime || await process.Ended != 0)
            {
                Trouble.Enqueue($"{Name}: FailedPreStopHook: {process.Log}");
            }
        }
        var left = grace - TimeProvider.System.GetElapsedTime(start);
        _process!.Term();
        if (!await _process.EndsWithinAsync(left > LeastForTerm ? left : LeastForTerm))
        {
            Trouble.Enqueue($"{Name}: did not end within its grace period and was killed");
        }
        foreach (var sidecar in Enumerable.Reverse(_sidecars))
        {
            if (!await sidecar.EndAsync() || sidecar.Crashes > 0)
            {
                Trouble.Enqueue($"{Name}: sidecar {sidecar.Name} ended by itself, or not at TERM: {sidecar.Log}");
            }
        }
        CheckStrays(_container);
    }

    /// <summary>Its process is gone then, and nothing probes any more.</summary>
    public async ValueTask DisposeAsync()
    {
        _isEnding = true;
        _process?.Dispose();
        _sidecars.ForEach(s => s.Dispose());
        if (!_end.IsCancellationRequested)
        {
            await _end.CancelAsync();
        }
        await _probing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>It runs beside the others, which have their mounts under the same paths.</summary>
    private void Begin(V1Container container)
    {
        var mounts = MountsIn(Path.Combine(_folder, container.Name));
        mounts.Lay(container);
        var sidecar = new RehearsedSidecar(container.Name, () => Start(container, container.Command, mounts));
        _sidecars.Add(sidecar);
        sidecar.Start();
    }

    private PodMounts MountsIn(string folder) => new(folder, v => _node.VolumeOf(Pod, v, _folder), _node.Hosts);

    private RehearsedProcess Start(V1Container container, IList<string> command) => Start(container, command, _mounts);

    private RehearsedProcess Start(V1Container container, IList<string> command, PodMounts mounts)
    {
        var variables = PodVariables.Of(Pod, container, _node.Secret);
        _node.Add(variables, Pod, container, mounts.Root);
        string[] words = [.. command.Concat(container.Args ?? []).Select(w => PodVariables.Expand(w, variables))];
        return new RehearsedProcess(RehearsalNode.ProgramOf(container, words[0], mounts.Root), words[1..], variables);
    }

    private async Task ProbeAsync()
    {
        try
        {
            if (_container.StartupProbe is { } startup)
            {
                var loop = new ProbeLoop(startup, Haste, ExecAsync);
                await loop.RunAsync(_ => true, _end.Token);
                if (loop.Result == false)
                {
                    Trouble.Enqueue($"{Name}: startup probe failed: {loop.Line}");
                    return;
                }
            }
            List<Task> loops = [];
            if (_container.LivenessProbe is { } liveness)
            {
                loops.Add(LivenessAsync(new ProbeLoop(liveness, Haste, ExecAsync)));
            }
            if (_container.ReadinessProbe is { } readiness)
            {
                loops.Add(ReadinessAsync(_readiness = new ProbeLoop(readiness, Haste, ExecAsync)));
            }
            await Task.WhenAll(loops);
        }
        catch (OperationCanceledException) { }
        catch (PodTroubleException e)
        {
            Trouble.Enqueue($"{Name}: {e.Message}");
        }
    }

    private async Task LivenessAsync(ProbeLoop loop)
    {
        await loop.RunAsync(good => !good, _end.Token);
        if (!_isEnding)
        {
            Trouble.Enqueue($"{Name}: liveness probe failed: {loop.Line}");
        }
    }

    private Task ReadinessAsync(ProbeLoop loop)
    {
        var was = false;
        return loop.RunAsync(
            good =>
            {
                if (was && !good && !_isEnding)
                {
                    Trouble.Enqueue($"{Name}: was ready, and is not any more: {loop.Line}");
                }
                was = good;
                return false;
            },
            _end.Token
        );
    }

    private async Task WatchAsync(RehearsedProcess process)
    {
        var code = await process.Ended;
        if (!_isEnding)
        {
            Trouble.Enqueue($"{Name}: {_container.Name} ended with {code}: {process.Log}");
        }
        await _end.CancelAsync();
    }

    private async Task<(bool, string)> ExecAsync(IList<string> command, TimeSpan timeout)
    {
        using var process = Start(_container, command);
        var inTime = await process.EndsWithinAsync(timeout);
        return (inTime && await process.Ended == 0, inTime ? process.Log.TrimEnd() : "timed out");
    }

    private void CheckStrays(V1Container container)
    {
        if (container.SecurityContext?.ReadOnlyRootFilesystem == true)
        {
            foreach (var file in _mounts.Strays())
            {
                Trouble.Enqueue($"{Name}: {container.Name} wrote /{file}, where it may only read");
            }
        }
    }
}
