using System.Collections.Immutable;
using System.ComponentModel;
using Microsoft.Win32.SafeHandles;
using Slotwright.Core.Failures;
using Slotwright.Core.Fencing;
using Slotwright.Local.Processes;
using Slotwright.Local.State;
using Slotwright.Local.Storage;

namespace Slotwright.Local.Hosting;

/// <summary>Writes a member's configuration and starts its server; does not wait for it.</summary>
internal sealed class MemberSpawner(ClusterFolder folder, ClusterFile cluster, string password, TimeProvider time)
{
    private static readonly string[] PassedVariables = ["PATH", "HOME", "TZ", "TMPDIR", "LD_LIBRARY_PATH"];

    private readonly string _revision = LocalSettings.Revision(cluster);

    /// <param name="running">Taken; the server has it then.</param>
    public MemberStart Spawn(int ordinal, SafeFileHandle running)
    {
        var member = folder.Member(cluster.MemberName(ordinal));
        AtomicFile.WriteDerived(member.AuthConfig, LocalSettings.Auth(cluster, password).Render());
        AtomicFile.WriteDerived(member.Config, ConfigText(ordinal, member));
        File.Delete(member.HeldBack);
        ConversionMark.Delete(member.Data);
        return Spawn(ordinal, member, [member.Config, .. ResumeFile.ArgumentsFor(member.Data)], running);
    }

    /// <summary>A server that votes, and has no data.</summary>
    /// <param name="running">Taken; the server has it then.</param>
    public MemberStart SpawnVoter(int ordinal, SafeFileHandle running)
    {
        var member = folder.Member(cluster.MemberName(ordinal));
        if (Directory.Exists(member.Voter))
        {
            Directory.Delete(member.Voter, recursive: true);
        }
        Directory.CreateDirectory(member.Voter, Permissions.OwnerOnlyFolder);
        var config = $"{member.Voter}/{VoterConfig.FileName}";
        AtomicFile.WriteDerived(
            config,
            VoterConfig.Compose(
                Core.Configuration.ConfigText.Parse(ConfigText(ordinal, member)),
                Version.Parse(cluster.Server.Version),
                member.Voter,
                member.Nodes,
                password
            )
        );
        return Spawn(ordinal, member, [config], running);
    }

    /// <summary>With its last words.</summary>
    public static OperationFailedException Ended(MemberFolder member, long logStart)
    {
        var words = LogTail.Read(member.Log, logStart);
        return new OperationFailedException(
            words.IsEmpty
                ? $"{member.Name} ended as soon as it was started, without a word"
                : $"{member.Name} ended as soon as it was started. Its last words:\n  {string.Join("\n  ", words)}",
            member: member.Name,
            next: $"see {member.Log}"
        );
    }

    private MemberStart Spawn(
        int ordinal,
        MemberFolder member,
        ImmutableArray<string> arguments,
        SafeFileHandle running
    )
    {
        var logStart = LogTail.Length(member.Log);
        var stat = ProcessStat.Read(SpawnServer(member, arguments, running)) ?? throw Ended(member, logStart);
        var identity = ProcessIdentity.Of(stat);
        Children.Add(identity);
        new ProcessFile(ProcessFile.CurrentVersion, identity, _revision, time.GetUtcNow()).Write(member);
        return new MemberStart(member, ordinal, identity, logStart);
    }

    private string ConfigText(int ordinal, MemberFolder member) =>
        "# Written by slotwright at each start: what is changed here is lost.\n"
        + LocalSettings.Member(cluster, ordinal, member).Render();

    private int SpawnServer(MemberFolder member, ImmutableArray<string> arguments, SafeFileHandle running)
    {
        var command = new DetachedCommand(
            cluster.Server.Path,
            arguments,
            [.. PassedVariables.Select(Variable).OfType<string>()],
            member.Path,
            member.Log
        );
        try
        {
            var pid = DetachedProcess.Start(command, running);
            running.Dispose(); // from here on the server alone holds it
            return pid;
        }
        catch (Win32Exception e)
        {
            throw new OperationFailedException(
                $"{cluster.Server.Path} can't be started: {e.Message}",
                member: member.Name,
                next: "give a valkey-server that runs here with --valkey",
                cause: e
            );
        }
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value ? $"{name}={value}" : null;
}
