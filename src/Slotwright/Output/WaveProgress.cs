using System.Globalization;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Steps;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>How a rolling operation goes: a line as each stage begins, with the time since the first.</summary>
internal sealed class WaveProgress(Terminal terminal, TimeProvider time)
{
    private const int MostNames = 6;

    private long? _start;

    public void Starts(Stage stage)
    {
        _start ??= time.GetTimestamp();
        var names = stage.Steps.Select(Member).ToArray();
        var some = string.Join(", ", names.Take(MostNames));
        var more = names.Length > MostNames ? $" and {names.Length - MostNames} more" : "";
        terminal.Talk.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{time.GetElapsedTime(_start.Value).TotalSeconds, 7:0.0}s  {stage.Title}: {some}{more}"
            )
        );
    }

    private static string Member(Step step) =>
        step switch
        {
            HandOver over => $"{over.FromMember} to {over.Member}",
            RestartMember restart => restart.Member,
            _ => step.Describe(),
        };
}
