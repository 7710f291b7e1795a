using System.Text;
using Slotwright.Core.Planning;

namespace Slotwright.Core.Tests.Planning;

/// <summary>A plan as a text that is read in a review: a line a step.</summary>
internal static class PlanText
{
    public static string Of(Plan plan)
    {
        var text = new StringBuilder();
        foreach (var stage in plan.Stages)
        {
            text.AppendLine(stage.Title);
            foreach (var step in stage.Steps)
            {
                text.AppendLine($"  {step.Describe()} ({step.Reason})");
            }
        }
        foreach (var note in plan.Notes)
        {
            text.AppendLine($"note {note.Code}: {note.Subject}: {note.What}");
        }
        return text.ToString();
    }
}
