using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Recovery;
using Slotwright.Operations.Running;

namespace Slotwright.Output;

/// <summary>What <c>recover</c> prints: what is amiss, what is known of it, and the ways out.</summary>
internal static class RecoverOutput
{
    private static readonly string[] Headings = ["MEMBER", "ROLE", "STATE", "EPOCH", "OFFSET", "KEYS", "DISK"];
    private static readonly int WayWidth = RecoveryWays.Taken.Max(w => w.Word().Length);

    /// <summary>The answer where nothing was done.</summary>
    /// <param name="typed">What people type for a command, as <see cref="TypedCommand"/> makes it.</param>
    /// <param name="plan">Null where no way was named.</param>
    public static void Print(
        Terminal terminal,
        Format format,
        string target,
        RecoveryReport report,
        Func<string, string> typed,
        Plan? plan = null
    )
    {
        var told = Told(report, typed);
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, RecoverDocument.Of(target, told, plan, change: null));
            return;
        }
        Write(terminal.Out, target, told);
        if (plan is { IsEmpty: false })
        {
            PlanOutput.Print(terminal, format, plan);
        }
    }

    /// <summary>As talk, before the plan is shown and asked for.</summary>
    public static void Show(Terminal terminal, string target, RecoveryReport report, Func<string, string> typed) =>
        Write(terminal.Error, target, Told(report, typed));

    /// <param name="left">What is amiss still.</param>
    public static void Done(
        Terminal terminal,
        Format format,
        string target,
        RecoveryReport left,
        ChangeReport change,
        Func<string, string> typed
    )
    {
        var told = Told(left, typed);
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, RecoverDocument.Of(target, told, change.Plan, change));
            return;
        }
        ChangeOutput.Print(terminal, format, target, change);
        if (!told.Problems.IsEmpty)
        {
            Write(terminal.Out, target, told);
        }
    }

    private static void Write(TextWriter output, string target, RecoveryReport report)
    {
        if (report.Problems.IsEmpty)
        {
            output.WriteLine($"recover: nothing to recover on {target}");
            return;
        }
        output.WriteLine(Majority(target, report));
        foreach (var problem in report.Problems)
        {
            output.WriteLine();
            Write(output, problem);
        }
        WriteAll(output, report);
    }

    private static void Write(TextWriter output, RecoveryProblem problem)
    {
        output.WriteLine($"slots {problem.Slots}: {problem.What}");
        if (!problem.Sights.IsEmpty)
        {
            Columns.Print(output, Headings, problem.Sights.Select(Row));
        }
        var margin = new string(' ', WayWidth + 4);
        foreach (var choice in problem.Choices)
        {
            output.WriteLine($"  {choice.Way.Word().PadRight(WayWidth)}  {choice.What}");
            output.WriteLine($"{margin}loses: {choice.Loses ?? "nothing"}");
            if (choice.Command is { } command)
            {
                output.WriteLine($"{margin}do:    {command}");
            }
        }
    }

    /// <summary>Ways that are open to several shards are taken for all of them by one command.</summary>
    private static void WriteAll(TextWriter output, RecoveryReport report)
    {
        foreach (var way in RecoveryWays.Taken)
        {
            var open = report.Problems.Select(p => p.Find(way)).OfType<RecoveryChoice>().ToArray();
            if (open.Length > 1)
            {
                output.WriteLine();
                output.WriteLine($"for all {open.Length} shards: {RemoveShard(open[0].Command!)}");
            }
        }
    }

    private static string RemoveShard(string command)
    {
        var words = command.Split(' ').ToList();
        var at = words.IndexOf("--shard");
        words.RemoveRange(at, 2);
        return string.Join(' ', words);
    }

    private static string Majority(string target, RecoveryReport report) =>
        $"{target}: {report.PrimariesUp} of {report.Primaries} primaries that own slots {(report.PrimariesUp == 1 ? "answers" : "answer")}: "
        + (report.HasMajority ? "a majority, which can elect" : "no majority is left to elect anybody");

    private static string[] Row(RecoverySight sight) =>
        [
            sight.Member,
            sight.Role,
            sight.CutOff is { } time ? $"{sight.State} for {time.TotalSeconds:0} s" : sight.State,
            $"{sight.Epoch}",
            sight.Offset is { } offset ? $"{offset}" : "-",
            sight.Keys is { } keys ? $"{keys}" : "-",
            sight.Disk ?? "-",
        ];

    /// <summary>Commands as they are typed for this cluster.</summary>
    private static RecoveryReport Told(RecoveryReport report, Func<string, string> typed) =>
        report with
        {
            Problems =
            [
                .. report.Problems.Select(p =>
                    p with
                    {
                        Choices =
                        [
                            .. p.Choices.Select(c =>
                                c.Command is { } command ? c with { Command = typed(command) } : c
                            ),
                        ],
                    }
                ),
            ],
        };
}
