using System.Net.WebSockets;
using k8s;
using k8s.Autorest;

namespace Slotwright.Kubernetes.Access;

/// <summary>A refused WebSocket fails with the status that the server refused it with, as every other question does.</summary>
internal sealed class StatusKeepingWebSocketBuilder : WebSocketBuilder
{
    public override async Task<WebSocket> BuildAndConnectAsync(Uri uri, CancellationToken cancellationToken)
    {
        WebSocket.Options.CollectHttpResponseDetails = true;
        try
        {
            return await base.BuildAndConnectAsync(uri, cancellationToken);
        }
        catch (WebSocketException e) when ((int)WebSocket.HttpStatusCode >= 400)
        {
            using var response = new HttpResponseMessage(WebSocket.HttpStatusCode);
            throw new HttpOperationException(e.Message, e) { Response = new HttpResponseMessageWrapper(response, "") };
        }
    }
}
