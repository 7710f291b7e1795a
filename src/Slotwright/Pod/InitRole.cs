using System.CommandLine;
using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Local.State;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// <c>slotwright pod init</c>, an init container: writes the configuration that the member's server starts with.
/// </summary>
internal static class InitRole
{
    public static Command Create(Wiring wiring)
    {
        var command = new Command("init", "write the server's configuration: base, valkeyConfig, what must hold");
        command.SetAction(
            async (_, ct) =>
            {
                await RunAsync(wiring, ct);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static async Task RunAsync(Wiring wiring, CancellationToken ct)
    {
        var log = new PodLog(wiring.Terminal, "init", wiring.Time);
        var pod = PodEnvironment.Read(wiring.Environment.GetValueOrDefault);
        var password = PodPassword.Read(pod.PasswordFile);
        if (PodPassword.Changed(pod) is not null)
        {
            log.Report("the Secret's password is another than the one on the volume, which stays there: start judges");
            password = PodPassword.OnVolume(pod.Paths);
        }
        var version = await ServerProgram.VersionAsync(ServerProgram.Find(pod), wiring.Time, ct);
        var config = MemberConfig.Compose(
            ConfigText.Parse(Read(pod.Paths.ChartConfig)),
            new MemberSettings(
                version,
                pod.Fqdn,
                pod.Ip,
                pod.ClientPort,
                pod.BusPort,
                pod.Paths.Data,
                password is null ? null : pod.Paths.Auth,
                ReadIfThere(pod.Paths.Zone),
                MaxMemory(pod)
            )
        );
        foreach (var note in config.Notes)
        {
            log.Report(note);
        }
        Write(pod.Paths, version, config, password);
        log.Report($"wrote {pod.Paths.Config} for Valkey {version}");
    }

    private static long? MaxMemory(PodEnvironment pod) =>
        (pod.MaxMemoryPercent, pod.MemoryLimit) switch
        {
            (null, _) => null,
            (_, null) => throw new OperationFailedException(
                "maxmemoryPercent is set, but the container has no memory limit",
                next: "set resources.limits.memory, or unset maxmemoryPercent"
            ),
            ({ } percent, { } limit) => (long)((Int128)limit * percent / 100),
        };

    private static void Write(PodPaths paths, Version version, ComposedConfig config, string? password)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(paths.Config)!);
            if (password is null)
            {
                File.Delete(paths.Auth);
            }
            else
            {
                AtomicFile.Write(paths.Auth, AuthFile.Of(version, password));
            }
            AtomicFile.Write(paths.Config, config.Text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(
                $"the volume at {paths.Data} can't be written: {e.Message}",
                next: "look at podSecurityContext.fsGroup, which the volume has to belong to, and whether it is full",
                cause: e
            );
        }
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(
                $"the chart's configuration can't be read: {e.Message}",
                next: "look at the release's ConfigMap and its mount at /chart-config",
                cause: e
            );
        }
    }

    private static string? ReadIfThere(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : null;
}
