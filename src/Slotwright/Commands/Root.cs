using System.CommandLine;
using System.CommandLine.Help;
using Slotwright.Pod;

namespace Slotwright.Commands;

/// <summary>The program and all its verbs.</summary>
internal static class Root
{
    public static RootCommand Create(Wiring wiring)
    {
        var root = new RootCommand("Runs Valkey clusters: on this machine, and wherever their nodes can be reached.")
        {
            UpCommand.Create(wiring),
            StatusCommand.Create(wiring),
            VerifyCommand.Create(wiring),
            DownCommand.Create(wiring),
            BootstrapCommand.Create(wiring),
            PreflightCommand.Create(wiring),
            RestartCommand.Create(wiring),
            UpgradeCommand.Create(wiring),
            ExecCommand.Create(wiring),
            SlotCommand.Create(wiring),
            FailoverCommand.Create(wiring),
            EvacuateCommand.Create(wiring),
            RestoreLayoutCommand.Create(wiring),
            RecoverCommand.Create(wiring),
            RepairCommand.Create(wiring),
            ScaleCommand.Create(wiring),
            ReshardCommand.Create(wiring),
            RebalanceCommand.Create(wiring),
            HotCommand.Create(wiring),
            DoctorCommand.Create(wiring),
            LocalCommand.Create(wiring),
            ValkeyCommand.Create(wiring),
            LoadCommand.Create(wiring),
            DrillCommand.Create(wiring),
            CompletionCommand.Create(wiring),
            CompleteCommand.Create(wiring),
            PodCommand.Create(wiring),
            VersionCommand.Create(wiring),
        };
        foreach (var option in CommonOptions.All)
        {
            root.Options.Add(option);
        }
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpTextAction(wiring.Terminal);
        }
        return root;
    }
}
