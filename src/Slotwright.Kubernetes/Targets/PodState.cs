using k8s.Models;
using Slotwright.Core.Cluster;

namespace Slotwright.Kubernetes.Targets;

/// <summary>What Kubernetes says of a member's pod: pure.</summary>
internal static class PodState
{
    private const int MostWords = 300;

    public static MemberPhase PhaseOf(V1Pod? pod) =>
        pod is null || pod.Status?.Phase is "Succeeded" or "Failed" ? MemberPhase.Stopped
        : IsRunning(pod) ? MemberPhase.Running
        : MemberPhase.Starting;

    /// <summary>Its server's process runs, ready or not.</summary>
    public static bool IsRunning(V1Pod pod) =>
        pod.Status?.Phase == "Running" && ServerOf(pod) is not { State.Running: null };

    /// <summary>Why its server can't be asked, in words for people; null where its process runs.</summary>
    public static string? WhyNot(V1Pod? pod)
    {
        if (pod is null)
        {
            return "its pod does not exist (yet)";
        }
        if (IsRunning(pod))
        {
            return null;
        }
        if (pod.Status?.Phase is "Succeeded" or "Failed")
        {
            return $"its pod has ended{Brackets(pod.Status.Reason, pod.Status.Message)}";
        }
        var initial = pod.Status?.InitContainerStatuses?.FirstOrDefault(c =>
            c.State?.Terminated is not { ExitCode: 0 }
        );
        if (
            (initial?.State is { Waiting: not null } or { Terminated: not null } ? initial : ServerOf(pod)) is
            { } container
        )
        {
            if (Words(container) is { } words)
            {
                return words;
            }
        }
        if (initial is { State.Running: not null })
        {
            return $"its init container {initial.Name} runs";
        }
        var scheduled = pod.Status?.Conditions?.FirstOrDefault(c => c is { Type: "PodScheduled", Status: "False" });
        return scheduled is not null
            ? $"its pod has no node yet{Brackets(scheduled.Reason, scheduled.Message)}"
            : $"its pod is {pod.Status?.Phase ?? "unknown"}";
    }

    private static V1ContainerStatus? ServerOf(V1Pod pod) =>
        pod.Status?.ContainerStatuses?.FirstOrDefault(c => c.Name == Release.Container);

    private static string? Words(V1ContainerStatus container)
    {
        var last = container.State?.Terminated ?? container.LastState?.Terminated;
        var ended = last is null
            ? ""
            : $"; it ended with exit code {last.ExitCode}{(last.Message is { Length: > 0 } m ? ": " + Short(m) : "")}";
        return container.State switch
        {
            { Waiting: { } waiting } =>
                $"its container {container.Name} waits{Brackets(waiting.Reason, waiting.Message)}{ended}",
            { Terminated: not null } => $"its container {container.Name} does not run{ended}",
            _ => null,
        };
    }

    private static string Brackets(string? reason, string? message) =>
        (reason, message) switch
        {
            ({ Length: > 0 }, { Length: > 0 }) => $" ({reason}: {Short(message)})",
            ({ Length: > 0 }, _) => $" ({reason})",
            (_, { Length: > 0 }) => $" ({Short(message)})",
            _ => "",
        };

    /// <summary>In one line; its end is what a server said last.</summary>
    private static string Short(string message)
    {
        var line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MostWords ? line : "..." + line[^MostWords..];
    }
}
