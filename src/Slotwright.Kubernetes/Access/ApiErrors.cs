using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Text.Json;
using k8s.Autorest;
using Slotwright.Core.Failures;

namespace Slotwright.Kubernetes.Access;

/// <summary>What an API server refuses, or that it can't be reached, in words with a remedy.</summary>
internal sealed class ApiErrors(ApiAccess access)
{
    private string Server => access.Configuration.Host.TrimEnd('/');

    /// <returns>Null for what is none of the errors that are known.</returns>
    public OperationFailedException? Of(ApiCall call, Exception e, TimeSpan patience) =>
        e switch
        {
            HttpOperationException http => OfStatus(call, http),
            HttpRequestException or WebSocketException or SocketException or IOException => Unreachable(e),
            OperationCanceledException => Unreachable($"no answer to '{call}' within {patience.TotalSeconds:0} s", e),
            JsonException => null,
            _ => null,
        };

    private OperationFailedException OfStatus(ApiCall call, HttpOperationException e) =>
        e.Response?.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new(
                $"the API server {Server} does not take the credentials{OfContext()} (401): they are wrong or have expired",
                command: call.ToString(),
                next: access.InCluster
                    ? "see the pod's service account"
                    : "renew them: log in again (on AWS: aws sso login), or write the kubeconfig anew (aws eks update-kubeconfig)",
                cause: e
            ),
            HttpStatusCode.Forbidden => new(
                $"you may not {call}: {Words(e) ?? "the API server refuses it (403)"}",
                command: call.ToString(),
                next: $"have a {(call.Namespace is null ? "ClusterRole" : "Role")} bound to you with verb {call.Verb} on {call.Resource}",
                cause: e
            ),
            { } status => new(
                $"the API server refuses to {call} ({(int)status}): {Words(e) ?? status.ToString()}",
                command: call.ToString(),
                next: "see the API server's words",
                cause: e
            ),
            null => Unreachable(e),
        };

    private string OfContext() => access.Context is { } context ? $" of context '{context}'" : "";

    private OperationFailedException Unreachable(Exception e) => Unreachable(Reason(e), e);

    private OperationFailedException Unreachable(string reason, Exception e) =>
        new(
            $"the API server {Server} can't be reached: {reason}",
            next: access.InCluster
                ? "check that a NetworkPolicy lets this pod reach the API server"
                : $"check the network (a VPN, the endpoint's access list), and that the kubeconfig{OfContext()} names the cluster that is meant",
            cause: e
        );

    private static string Reason(Exception e)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return "connection refused";
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain }:
                    return "no such host";
                case AuthenticationException:
                    return $"its certificate is not trusted ({inner.Message.TrimEnd('.')})";
            }
        }
        return e.Message.TrimEnd('.');
    }

    /// <summary>The message of the Status object that the server answers with.</summary>
    private static string? Words(HttpOperationException e)
    {
        if (e.Response?.Content is not { Length: > 0 } content)
        {
            return null;
        }
        try
        {
            using var json = JsonDocument.Parse(content);
            return json.RootElement.TryGetProperty("message", out var message) ? message.GetString() : null;
        }
        catch (Exception x) when (x is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
