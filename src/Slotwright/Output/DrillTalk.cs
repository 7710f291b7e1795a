using System.Globalization;
using Slotwright.Core.Drills;
using Slotwright.Core.Measures;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Targets;

namespace Slotwright.Output;

/// <summary>Says what a drill will do, asks, and says what it does and sees.</summary>
internal sealed class DrillTalk(Terminal terminal, string target, bool yes) : IDrillTalk
{
    private readonly LoadProgress _load = new(terminal);

    public IProgress<LoadSnapshot> Load => _load;

    public void OfferCure(Hurt left)
    {
        terminal.Error.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"a drill ({left.Drill}) that began at {left.Since:yyyy-MM-dd HH:mm:ss} UTC was cut off: {Cure.Words(left)}"
            )
        );
        new Confirmation(terminal).Demand("drill", $"Bring {target} back first?", yes);
    }

    public void Confirm(DrillPlan plan, DrillOptions options)
    {
        _load.IsOpenEnded = plan.Kind.IsOperation();
        foreach (var line in Lines(plan, options))
        {
            terminal.Error.WriteLine(line);
        }
        new Confirmation(terminal).Demand($"drill {plan.Kind.Name()}", $"Do this to {target}?", yes);
    }

    public void Say(TimeSpan? at, string what) =>
        terminal.Error.WriteLine(
            at is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds, 5:0.0}s {what}") : what
        );

    internal IEnumerable<string> Lines(DrillPlan plan, DrillOptions options)
    {
        var times = plan.Times;
        yield return $"drill {plan.Kind.Name()} on {target}:";
        yield return $"  load     {options.Rate} operations a second, for {(plan.Kind.IsOperation() ? "at least " : "")}{Duration.Format(times.Duration)}; "
            + (
                plan.WaitReplicas > 0
                    ? "one of 4 clients has its writes confirmed by a replica"
                    : "no replica can confirm writes"
            );
        yield return $"  after {Latencies.Of(times.Before)}  {plan.Deed}";
        if (plan.Cure.Length > 0)
        {
            yield return $"  then     {plan.Cure}";
        }
        yield return $"  at last  {plan.Aftermath}";
    }
}
