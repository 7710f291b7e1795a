using Slotwright.Core.Planning;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>A plan, before it is applied.</summary>
internal static class PlanOutput
{
    /// <summary>As a document: the answer to <c>--dry-run</c>.</summary>
    public static void Print(Terminal terminal, Format format, Plan plan)
    {
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, plan);
        }
        else
        {
            Write(terminal.Document, plan);
        }
    }

    /// <summary>As talk: what is going to be done.</summary>
    public static void Show(Terminal terminal, Plan plan) => Write(terminal.Talk, plan);

    private static void Write(IAnsiConsole console, Plan plan)
    {
        if (plan.IsEmpty)
        {
            console.WriteLine($"{plan.Operation}: nothing to do");
        }
        else
        {
            var estimate = plan.Estimate is { } time ? $", about {time.TotalSeconds:0.#} s" : "";
            console.WriteLine(
                $"{plan.Operation}: {Counts.Of(plan.Stages.Sum(s => s.Steps.Length), "step")} in {Counts.Of(plan.Stages.Length, "stage")}{estimate}"
            );
        }
        foreach (var stage in plan.Stages)
        {
            console.WriteLine($"  {stage.Title}");
            foreach (var step in stage.Steps)
            {
                console.WriteLine($"    {step.Describe()} ({step.Reason})");
            }
        }
        if (plan.Balance is { } balance)
        {
            BalanceOutput.Print(console.Profile.Out.Writer, balance);
        }
        foreach (var note in plan.Notes)
        {
            FindingLines.Print(console, note);
        }
    }
}
