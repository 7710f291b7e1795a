using System.Collections.Immutable;
using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Slotwright.Core.Failures;
using Slotwright.Kubernetes.Access;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary><c>slotwright pod secret</c>, a hook before the members come: makes the Secret where there is none.</summary>
internal static class SecretRole
{
    private const int Length = 32;

    /// <summary>None that a shell, a URL or valkey.conf takes for something else.</summary>
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private const string Remedy = "the chart sets it";

    public static Command Create(Wiring wiring)
    {
        var command = new Command("secret", "make the Secret with the password, where there is none");
        command.SetAction(
            async (_, ct) =>
            {
                var log = new PodLog(wiring.Terminal, "secret", wiring.Time);
                var problems = new List<Problem>();
                var (ns, name, key) = (Text("NAMESPACE"), Text("SLOTWRIGHT_SECRET"), Text("SLOTWRIGHT_SECRET_KEY"));
                var labels = Labels(wiring.Environment.GetValueOrDefault("SLOTWRIGHT_SECRET_LABELS", ""), problems);
                if (problems.Count > 0)
                {
                    throw new BadInputException([.. problems]);
                }
                var made = await ReleaseSecret.EnsureAsync(
                    ReleaseJob.KubeOptions(wiring),
                    ns,
                    name,
                    key,
                    labels,
                    () => RandomNumberGenerator.GetString(Letters, Length),
                    wiring.Time,
                    ct
                );
                log.Report(
                    made
                        ? $"Secret {name} is made, with a random password"
                        : $"Secret {name} is there: it stays as it is"
                );
                return ExitCode.Done;

                string Text(string variable)
                {
                    if (wiring.Environment.GetValueOrDefault(variable) is { Length: > 0 } text)
                    {
                        return text;
                    }
                    problems.Add(new Problem(variable, "is not set", Remedy));
                    return "";
                }
            }
        );
        return command;
    }

    private static ImmutableDictionary<string, string> Labels(string json, List<Problem> problems)
    {
        var labels = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (json.Length == 0)
        {
            return labels.ToImmutable();
        }
        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (var label in document.RootElement.EnumerateObject())
            {
                labels[label.Name] = label.Value.GetString() ?? "";
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            problems.Add(new Problem("SLOTWRIGHT_SECRET_LABELS", "is no JSON object of texts", Remedy));
        }
        return labels.ToImmutable();
    }
}
