using System.Net.Sockets;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>Whether anybody listens.</summary>
internal static class PortKnock
{
    public static async Task<PortAnswer> KnockAsync(
        this IAgentPlace place,
        NodeAddress address,
        TimeSpan patience,
        TimeProvider time,
        CancellationToken ct
    )
    {
        using var end = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, end.Token);
        try
        {
            await using var stream = await place.DialAsync(address, time, either.Token);
            return PortAnswer.Accepted;
        }
        catch (IOException e)
            when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return PortAnswer.Refused;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return PortAnswer.Silent;
        }
    }
}
