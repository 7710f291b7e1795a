using System.Collections.Immutable;
using System.CommandLine;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Upgrades;
using Slotwright.Operations.Running;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// <c>slotwright pod check</c>, a hook before an upgrade: asks the running members for their version, and refuses a
/// change of the engine that nobody has asked for, or that the files can't survive.
/// </summary>
internal static class CheckRole
{
    /// <summary>Members may be restarting just now.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create(Wiring wiring)
    {
        var command = new Command("check", "refuse an upgrade that changes the engine by accident");
        command.SetAction(
            async (_, ct) =>
            {
                var environment = JobEnvironment.Read(wiring.Environment.GetValueOrDefault);
                var (tag, isSet, keeps) = Read(wiring.Environment.GetValueOrDefault);
                var running = await RunningAsync(environment, wiring, ct);
                var verdict = new EngineChange(tag, isSet, keeps, running).Judge();
                if (!verdict.IsFine)
                {
                    throw new RefusedException(
                        "the upgrade",
                        new Finding(
                            "engine-change",
                            Verdict.Failed,
                            environment.Release.Release,
                            verdict.Why,
                            "members would come back with another engine, or not at all",
                            verdict.Remedy
                        )
                    );
                }
                new PodLog(wiring.Terminal, "check", wiring.Time).Report(verdict.Why);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static (string Tag, bool IsSet, bool Keeps) Read(Func<string, string?> variable)
    {
        var read = new ChartVariables(variable, "the chart sets it");
        var (tag, isSet, keeps) = (
            read.Text("SLOTWRIGHT_IMAGE_TAG"),
            read.Text("SLOTWRIGHT_IMAGE_TAG_SET"),
            read.Text("SLOTWRIGHT_PERSISTENCE")
        );
        return read.Problems.Count == 0
            ? (tag, isSet == "true", keeps == "true")
            : throw new BadInputException([.. read.Problems]);
    }

    /// <summary>Of those that answer; none where there is no Secret yet, so that no member can run.</summary>
    private static async Task<ImmutableArray<Version>> RunningAsync(
        JobEnvironment environment,
        Wiring wiring,
        CancellationToken ct
    )
    {
        if (environment.PasswordFile is { } file && !File.Exists(file))
        {
            return [];
        }
        var (_, session) = await ReleaseJob.OpenAsync(environment, zonesFromNodes: false, wiring, ct);
        await using (session)
        {
            ImmutableArray<Version> running = [];
            await Wait.UntilAsync(
                async inner =>
                {
                    var observation = await session.ObserveAsync(inner);
                    running = [.. observation.Views.Select(v => v.Report?.Server.Version).OfType<Version>()];
                    return running.Length > 0;
                },
                Patience,
                TimeSpan.FromSeconds(1),
                wiring.Time,
                ct
            );
            return running;
        }
    }
}
