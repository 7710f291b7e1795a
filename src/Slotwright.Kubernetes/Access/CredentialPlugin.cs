using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using k8s.Authentication;
using k8s.KubeConfigModels;
using Slotwright.Core.Failures;

namespace Slotwright.Kubernetes.Access;

/// <summary>
/// The program that a kubeconfig names for credentials (<c>aws eks get-token</c>), asked once and again before what it
/// gave expires. What it says on its standard error is what a user wants to read when it fails.
/// </summary>
internal sealed class CredentialPlugin(ExternalExecution exec, TimeProvider time) : ITokenProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private Task<ExecCredentialResponse.ExecStatus>? _asking;

    /// <exception cref="OperationFailedException">It can't be started, fails, or gives nothing that can be used.</exception>
    public Task<ExecCredentialResponse.ExecStatus> AskAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            if (_asking is null || (_asking.IsCompleted && (!_asking.IsCompletedSuccessfully || IsOld(_asking.Result))))
            {
                _asking = RunAsync(ct);
            }
            return _asking;
        }
    }

    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken) =>
        new("Bearer", (await AskAsync(cancellationToken)).Token);

    private bool IsOld(ExecCredentialResponse.ExecStatus given) =>
        given.ExpirationTimestamp is { } end && time.GetUtcNow().UtcDateTime + Margin > end;

    private string CommandLine => string.Join(' ', [exec.Command, .. exec.Arguments ?? []]);

    private async Task<ExecCredentialResponse.ExecStatus> RunAsync(CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        using var process = Start();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var error = process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0
                ? Read(await output)
                : throw Failed($"it ended with exit code {process.ExitCode}: {LastLine(await error)}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            ct.ThrowIfCancellationRequested();
            throw Failed($"it did not end within {Patience.TotalSeconds:0} s");
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(exec.Command, exec.Arguments ?? [])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in exec.EnvironmentVariables ?? [])
        {
            if (variable.TryGetValue("name", out var name) && variable.TryGetValue("value", out var value))
            {
                start.Environment[name] = value;
            }
        }
        start.Environment["KUBERNETES_EXEC_INFO"] =
            $$$"""{"apiVersion":"{{{exec.ApiVersion}}}","kind":"ExecCredential","spec":{"interactive":false}}""";
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            throw new OperationFailedException(
                $"the kubeconfig's credential plugin '{exec.Command}' can't be started: {e.Message}",
                command: CommandLine,
                next: "install it, or have it on PATH",
                cause: e
            );
        }
    }

    private ExecCredentialResponse.ExecStatus Read(string output)
    {
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(output));
            var status = json.RootElement.GetProperty("status");
            string? Text(string name) =>
                status.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                    ? value.GetString()
                    : null;
            var given = new ExecCredentialResponse.ExecStatus
            {
                Token = Text("token"),
                ClientCertificateData = Text("clientCertificateData"),
                ClientKeyData = Text("clientKeyData"),
                ExpirationTimestamp = Text("expirationTimestamp") is { } end
                    ? DateTimeOffset.Parse(end, null).UtcDateTime
                    : null,
            };
            return !given.IsValid() ? throw Failed("it gave neither a token nor a certificate")
                : IsOld(given)
                    ? throw Failed($"what it gave has expired at {given.ExpirationTimestamp:yyyy-MM-dd HH:mm:ss} UTC")
                : given;
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Failed("it printed no ExecCredential");
        }
    }

    private OperationFailedException Failed(string what) =>
        new(
            $"the kubeconfig's credential plugin gave no credentials: {what}",
            command: CommandLine,
            next: "log in again (on AWS: aws sso login), then run that command by hand until it prints a token"
        );

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., var last]
            ? last
            : "it said nothing";
}
