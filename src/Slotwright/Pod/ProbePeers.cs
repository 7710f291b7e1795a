using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using Slotwright.Core.Observing;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Pod;

/// <summary>What a few of a member's peers know: those in its own view, and those that the headless Service has.</summary>
internal static class ProbePeers
{
    /// <summary>As many suffice: in a formed cluster nearly all members know it.</summary>
    private const int Most = 8;

    private static readonly TimeSpan Connect = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan All = TimeSpan.FromSeconds(2);

    private static readonly RespCommand Nodes = RespCommand.Of("CLUSTER", "NODES");

    /// <returns>The views of those that answer, and how many refuse the password.</returns>
    public static (ImmutableArray<ImmutableArray<PeerRow>> Views, int Refusing) Ask(
        PodEnvironment pod,
        string? password,
        ImmutableArray<PeerRow> own
    )
    {
        var start = Stopwatch.GetTimestamp();
        var views = ImmutableArray.CreateBuilder<ImmutableArray<PeerRow>>();
        var refusing = 0;
        foreach (var address in Addresses(pod, own))
        {
            if (Stopwatch.GetElapsedTime(start) > All)
            {
                break;
            }
            var reply = Reply(address, password);
            if (View(reply) is { } view)
            {
                views.Add(view);
            }
            refusing += reply is RespValue.Error { Code: "NOAUTH" or "WRONGPASS" } ? 1 : 0;
        }
        return (views.ToImmutable(), refusing);
    }

    private static IEnumerable<IPEndPoint> Addresses(PodEnvironment pod, ImmutableArray<PeerRow> own)
    {
        var known = own.Where(n => !n.Flags.HasFlag(PeerFlags.Myself) && n.Address is not null)
            .Select(n =>
                IPAddress.TryParse(n.Address!.Value.Host, out var ip) ? new IPEndPoint(ip, n.Address.Value.Port) : null
            )
            .OfType<IPEndPoint>();
        var named = PodNames
            .Resolve(pod.Paths, pod.Service)
            .Where(ip => ip.ToString() != pod.Ip)
            .Select(ip => new IPEndPoint(ip, pod.ClientPort))
            .ToArray();
        new Random().Shuffle(named); // so that a dead few don't hide the others for ever
        return known.Concat(named).Distinct().Take(Most);
    }

    /// <returns>Null where nobody answers.</returns>
    private static RespValue? Reply(IPEndPoint peer, string? password)
    {
        try
        {
            using var wire = ProbeWire.Open(peer.Address, peer.Port, Connect);
            return wire.Ask(password is null ? [Nodes] : [RespCommand.Of("AUTH", password), Nodes], Answer)[^1];
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return null;
        }
    }

    private static ImmutableArray<PeerRow>? View(RespValue? reply)
    {
        try
        {
            return reply is not RespValue.Error && reply?.AsText() is { } text
                ? ClusterNodesParser.Parse(text, [])
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
