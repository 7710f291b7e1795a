using Slotwright.Core.Observing;
using Slotwright.Core.Pods;

namespace Slotwright.Output;

/// <summary>Turns a command that is named to people into what they type, so that it is about the same cluster.</summary>
internal static class TypedCommand
{
    private const string Program = "slotwright ";

    /// <param name="target">As it is written on the command line.</param>
    public static Func<string, string> For(string target, Observation seen, bool hasPassword)
    {
        if (!target.StartsWith("k8s:", StringComparison.Ordinal))
        {
            var option = target.StartsWith("local:", StringComparison.Ordinal)
                ? NameOption.Of(target)
                : $" --target {target}";
            return command => command + option;
        }
        var ns = target["k8s:".Length..target.IndexOf('/', StringComparison.Ordinal)];
        var pod = seen.Views.FirstOrDefault(v => v is { Report: not null, Member: not null });
        return command =>
            InPod.Command(
                ns,
                pod?.Member ?? "POD",
                command[Program.Length..],
                hasPassword,
                pod?.Asked.ToString() ?? "HOST:PORT"
            );
    }
}
