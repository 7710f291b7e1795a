using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Bootstrap;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>What <c>up</c> prints: what it started, the map, and how to connect.</summary>
internal static class UpOutput
{
    public static void Started(Terminal terminal, string target, StartReport report)
    {
        if (!report.AlreadyRunning.IsEmpty && report.Started.IsEmpty)
        {
            terminal.Error.WriteLine($"{target} exists, {Running(report)}");
        }
        else if (!report.AlreadyRunning.IsEmpty)
        {
            terminal.Error.WriteLine($"{target} exists; started {string.Join(", ", report.Started)}");
        }
        else
        {
            terminal.Error.WriteLine($"{target}: {report.Started.Length} members started");
        }
    }

    /// <summary>A cluster keeps the program that it was made with, whichever of the same version is named.</summary>
    public static void KeepsServer(Terminal terminal, string target, string server) =>
        terminal.Error.WriteLine($"{target} keeps {server}, which it was made with, and not what --valkey names");

    /// <param name="metrics">Where each has its metrics; none where there are no agents.</param>
    public static void Agents(Terminal terminal, ImmutableArray<NodeAddress> metrics)
    {
        if (metrics is [var first, .., var last])
        {
            terminal.Error.WriteLine(
                $"{metrics.Length} agents, metrics at http://{first}/metrics to http://{last}/metrics"
            );
        }
    }

    private static string Running(StartReport report) =>
        report.Paused.IsEmpty
            ? $"all {report.AlreadyRunning.Length} members run"
            : $"{report.AlreadyRunning.Length - report.Paused.Length} of {report.AlreadyRunning.Length} members run";

    public static void Print(
        Terminal terminal,
        Format format,
        string target,
        ConnectLine connect,
        StartReport started,
        BootstrapReport bootstrap
    )
    {
        if (format == Format.Json)
        {
            JsonOut.Write(
                terminal.Out,
                new UpDocument(
                    target,
                    started.Started,
                    started.AlreadyRunning,
                    connect.Seed,
                    connect.PasswordFile,
                    Math.Round(bootstrap.Elapsed.TotalSeconds, 3),
                    StatusDocument.Of(target, bootstrap.After)
                )
            );
            return;
        }
        terminal.Document.Write(ClusterMap.Of(target, bootstrap.After));
        terminal.Document.WriteLine();
        terminal.Out.WriteLine($"connect: {connect}");
    }
}
