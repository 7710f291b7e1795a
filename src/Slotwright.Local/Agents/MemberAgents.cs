using System.Collections.Immutable;
using System.ComponentModel;
using Slotwright.Core.Failures;
using Slotwright.Local.Hosting;
using Slotwright.Local.Processes;
using Slotwright.Local.State;

namespace Slotwright.Local.Agents;

/// <summary>
/// Agents of a local cluster's members: processes of this program, each in a folder of its own below its member's, by
/// which it is known as a server is.
/// </summary>
internal static class MemberAgents
{
    private static readonly string[] PassedVariables = ["PATH", "HOME", "TZ", "TMPDIR", "DOTNET_ROOT"];

    /// <summary>Starts those that don't run.</summary>
    /// <param name="program">This program.</param>
    /// <param name="home">The root that the agents are to look in.</param>
    /// <returns>The members whose agents were started.</returns>
    public static async Task<ImmutableArray<string>> StartAsync(
        ClusterFolder folder,
        ClusterFile cluster,
        string program,
        string home,
        TimeProvider time,
        CancellationToken ct
    )
    {
        ImmutableArray<MemberFolder> agents = [.. cluster.MemberNames.Select(m => folder.Member(m).Agent)];
        var running = MemberProcesses.Find(agents);
        ImmutableArray<MemberFolder> missing = [.. agents.Where(a => !running.ContainsKey(a.Name))];
        foreach (var agent in missing)
        {
            await StartAsync(agent, cluster.Name, program, home, time, ct);
        }
        return [.. missing.Select(a => a.Name)];
    }

    /// <summary>Nothing to do where none runs.</summary>
    public static Task EndAsync(IEnumerable<MemberFolder> members, TimeProvider time, CancellationToken ct) =>
        MemberStopper.EndAsync([.. members.Select(m => m.Agent).Where(a => Directory.Exists(a.Path))], time, ct);

    private static async Task StartAsync(
        MemberFolder agent,
        string cluster,
        string program,
        string home,
        TimeProvider time,
        CancellationToken ct
    )
    {
        Directory.CreateDirectory(agent.Path, Permissions.OwnerOnlyFolder);
        using var running = await RunningFile.TakeAsync(agent, time, ct);
        var command = new DetachedCommand(
            program,
            ["local", "agent", agent.Name, "--name", cluster],
            [$"SLOTWRIGHT_HOME={home}", .. PassedVariables.Select(Variable).OfType<string>()],
            agent.Path,
            agent.Log
        );
        try
        {
            if (ProcessIdentity.Of(DetachedProcess.Start(command, running)) is { } identity)
            {
                Children.Add(identity);
                new ProcessFile(ProcessFile.CurrentVersion, identity, "", time.GetUtcNow()).Write(agent);
            }
        }
        catch (Win32Exception e)
        {
            throw new OperationFailedException(
                $"{program} can't be started as an agent: {e.Message}",
                agent.Name,
                cause: e
            );
        }
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value ? $"{name}={value}" : null;
}
