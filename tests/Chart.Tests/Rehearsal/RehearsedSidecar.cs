using k8s.Models;

namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>
/// A native sidecar, an init container that is restarted always: begun before the containers after it, which do not
/// wait for its end, started again whenever it ends, and sent TERM when the pod's containers have ended.
/// </summary>
/// <param name="start">Starts its process.</param>
internal sealed class RehearsedSidecar(string name, Func<RehearsedProcess> start) : IDisposable
{
    private static readonly TimeSpan LeastForTerm = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly List<RehearsedProcess> _all = [];
    private bool _isEnding;
    private int _killed;

    public string Name { get; } = name;

    public string Log
    {
        get
        {
            lock (_gate)
            {
                return string.Concat(_all.Select(p => p.Log));
            }
        }
    }

    /// <inheritdoc cref="RehearsedProcess.AnonymousMemory"/>
    public long AnonymousMemory
    {
        get
        {
            lock (_gate)
            {
                return _all[^1].AnonymousMemory;
            }
        }
    }

    /// <summary>How often it has ended without being asked to.</summary>
    public int Crashes
    {
        get
        {
            lock (_gate)
            {
                return _all.Count(p => p.Ended.IsCompleted) - _killed - (_isEnding ? 1 : 0);
            }
        }
    }

    public static bool Is(V1Container container) => container.RestartPolicy == "Always";

    public void Start()
    {
        lock (_gate)
        {
            if (!_isEnding)
            {
                var process = start();
                _all.Add(process);
                _ = AgainAsync(process);
            }
        }
    }

    /// <summary>By SIGKILL; it is started again at once.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _killed++;
            _all[^1].Kill();
        }
    }

    /// <returns>False where it had to be killed.</returns>
    public Task<bool> EndAsync()
    {
        lock (_gate)
        {
            _isEnding = true;
            _all[^1].Term();
        }
        return _all[^1].EndsWithinAsync(LeastForTerm);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isEnding = true;
            _all.ForEach(p => p.Dispose());
        }
    }

    private async Task AgainAsync(RehearsedProcess process)
    {
        await process.Ended;
        Start();
    }
}
