using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// <c>slotwright pod kernel-tuning</c>, a privileged init container: what Valkey wants of a node. What can't be had is
/// a warning, since the server runs without it.
/// </summary>
internal static class KernelTuningRole
{
    private const string Somaxconn = "65535";

    public static Command Create(Wiring wiring)
    {
        var sys = new Option<string>("--sys")
        {
            Description = "where the node's /sys is mounted",
            HelpName = "DIR",
            DefaultValueFactory = _ => "/sys",
        };
        var command = new Command("kernel-tuning", "set what Valkey wants of the node's kernel") { sys };
        command.SetAction(parsed =>
        {
            var paths = new PodPaths(wiring.Environment.GetValueOrDefault(PodPaths.RootVariable, ""));
            Tune(paths, parsed.GetValue(sys)!, new PodLog(wiring.Terminal, "kernel-tuning", wiring.Time));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tune(PodPaths paths, string sys, PodLog log)
    {
        ImmutableArray<(string File, string Value)> wanted =
        [
            ($"{sys}/kernel/mm/transparent_hugepage/enabled", "never"),
            ($"{sys}/kernel/mm/transparent_hugepage/defrag", "never"),
            ("/proc/sys/net/core/somaxconn", Somaxconn),
            ("/proc/sys/vm/overcommit_memory", "1"),
        ];
        foreach (var (file, value) in wanted)
        {
            log.Report(Set(paths.At(file), value));
        }
    }

    private static string Set(string file, string value)
    {
        try
        {
            var before = File.ReadAllText(file).Trim();
            if (IsEnough(before, value))
            {
                return $"{file} is '{before}' already";
            }
            File.WriteAllText(file, value);
            return $"{file}: '{before}' is now '{value}'";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"warning: {file} can't be set to '{value}': {e.Message}";
        }
    }

    /// <summary>A choice in brackets, as in <c>always madvise [never]</c>, the same, or a larger backlog.</summary>
    private static bool IsEnough(string before, string value) =>
        before == value
        || before.Contains($"[{value}]", StringComparison.Ordinal)
        || (
            value == Somaxconn
            && long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var backlog)
            && backlog > long.Parse(Somaxconn, CultureInfo.InvariantCulture)
        );
}
