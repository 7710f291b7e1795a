using System.CommandLine;
using Slotwright.Core.Health;
using Slotwright.Operations.Loads;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright hot</c>: the slots and keys that stand out.</summary>
internal static class HotCommand
{
    public static Command Create(Wiring wiring)
    {
        var top = NumberArgument.WithDefault("--top", "how many slots and keys are named", 20, 1, 100);
        var sample = NumberArgument.WithDefault(
            "--sample",
            "keys of each shard that are looked at, at most",
            10_000,
            1,
            1_000_000
        );
        var seconds = NumberArgument.WithDefault(
            "--seconds",
            "between the two looks at what servers count of slots",
            5,
            1,
            300
        );
        var command = new Command(
            "hot",
            "the hottest slots, the biggest keys, the most used keys; only reads, and little"
        )
        {
            top,
            sample,
            seconds,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var session = new TargetResolver(wiring).Open(parsed);
                var seen = await session.ObserveAsync(ct);
                Answers.Demand(seen);
                var most = parsed.GetValue(top);
                var question = new LoadQuestion(
                    parsed.GetValue(sample),
                    TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                    most
                );
                var report = await new HotReader(session, question).ReadAsync(seen, ct);
                HotOutput.Print(
                    wiring.Terminal,
                    CommonOptions.FormatOf(parsed),
                    HotDocument.Of(session.Target.Name, report, most)
                );
                return report.Notes.Any(n => n.Verdict == Verdict.Unknown) ? ExitCode.Failed : ExitCode.Done;
            }
        );
        return command;
    }
}
