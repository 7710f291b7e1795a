using System.Collections.Immutable;
using System.Net;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Pods;
using Slotwright.Local.State;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Pod;

/// <summary>One probe: asks the member's own server over one connection, mostly one batch of commands.</summary>
internal sealed class Probe(PodEnvironment pod)
{
    private static readonly TimeSpan Connect = TimeSpan.FromSeconds(1);

    /// <summary>Less than the kubelet gives liveness, so that the reason can still be told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly RespCommand Ping = RespCommand.Of("PING");
    private static readonly RespCommand Info = RespCommand.Of("INFO", "server", "replication", "persistence");
    private static readonly RespCommand Cluster = RespCommand.Of("CLUSTER", "INFO");
    private static readonly RespCommand Nodes = RespCommand.Of("CLUSTER", "NODES");

    /// <param name="variable">An environment variable, or null.</param>
    public static ProbeResult Run(ProbeKind kind, Func<string, string?> variable)
    {
        try
        {
            var probe = new Probe(PodEnvironment.Read(variable));
            return kind == ProbeKind.Readiness ? probe.Readiness() : probe.Liveness();
        }
        catch (BadInputException e)
        {
            return new(false, string.Join("; ", e.Problems));
        }
        catch (Exception e)
            when (e is OperationFailedException or IOException or UnauthorizedAccessException or FormatException)
        {
            return new(false, e.Message);
        }
    }

    /// <summary>
    /// Whatever it answers, it lives: a server that is loading or busy is not helped by a restart, nor is one that wants
    /// another password, so that it is not told any.
    /// </summary>
    private ProbeResult Liveness()
    {
        ProbeWire wire;
        try
        {
            wire = Open();
        }
        catch (IOException) when ((ReadIfThere(pod.Paths.Preparing) ?? ReadIfThere(pod.Paths.HeldBack)) is { } why)
        {
            return new(true, why);
        }
        using (wire)
        {
            wire.Ask([Ping], Patience);
            return new(true, "it answers");
        }
    }

    private ProbeResult Readiness()
    {
        if (ReadIfThere(pod.Paths.HeldBack) is { } why)
        {
            return new(false, $"held back: {why}");
        }
        using var wire = Open();
        var (replies, password) = Ask(wire);
        if (replies[^2] is RespValue.Error error)
        {
            return new(false, ServerAnswer.Explain(error));
        }
        KeptZone.Keep(pod.Paths, new FieldBytes(replies[^2]).Text("availability_zone"u8));
        KeptStreams.Keep(pod.Paths, replies[^2]);
        if (ResumedStart.Complete(pod, wire, replies[^2], Patience) is { } missing)
        {
            return new(false, missing);
        }
        var own = OwnServerReader.Read(replies[^2], replies[^1]);
        var evidence = new ReadinessEvidence(pod.Fqdn, own, EverReady: ReadIfThere(pod.Paths.Ready) == own.RunId);
        var verdict = Core.Pods.Readiness.Judge(evidence);
        while (verdict.Answer is ReadinessAnswer.AskNodes or ReadinessAnswer.AskPeers)
        {
            var nodes = evidence.Nodes ?? View(wire);
            evidence = evidence with { Nodes = nodes };
            if (verdict.Answer == ReadinessAnswer.AskPeers)
            {
                var (views, refusing) = ProbePeers.Ask(pod, password, nodes);
                evidence = evidence with { Peers = views, Refusing = refusing };
            }
            verdict = Core.Pods.Readiness.Judge(evidence);
        }
        if (verdict.AsMember && !evidence.EverReady)
        {
            AtomicFile.WriteDerived(pod.Paths.Ready, own.RunId);
        }
        var changed = PodPassword.Changed(pod) is null ? "" : "; its password is not the Secret's";
        return new(verdict.Answer == ReadinessAnswer.Ready, verdict.Reason + changed);
    }

    /// <summary>A server that was given the Secret's password as it runs keeps it for its next start.</summary>
    private (RespValue[] Replies, string? Password) Ask(ProbeWire wire)
    {
        var password = PodPassword.OfMember(pod);
        var replies = Ask(wire, password);
        if (replies[0] is not RespValue.Error { Code: "WRONGPASS" } || PodPassword.Changed(pod) is not { } secret)
        {
            return (replies, password);
        }
        replies = Ask(wire, secret);
        if (replies[0] is not RespValue.Error)
        {
            PodPassword.Keep(pod.Paths, secret);
        }
        return (replies, secret);
    }

    private static RespValue[] Ask(ProbeWire wire, string? password) =>
        wire.Ask(password is null ? [Info, Cluster] : [RespCommand.Of("AUTH", password), Info, Cluster], Patience);

    private static ImmutableArray<PeerRow> View(ProbeWire wire) =>
        wire.Ask([Nodes], Patience)[0] switch
        {
            RespValue.Error error => throw new IOException(ServerAnswer.Explain(error)),
            var reply => ClusterNodesParser.Parse(reply.AsText() ?? "", []),
        };

    /// <summary>A server that listens to IPv6 alone is found too.</summary>
    private ProbeWire Open()
    {
        var own = IPAddress.Parse(pod.OwnAddress);
        try
        {
            return ProbeWire.Open(own, pod.ClientPort, Connect);
        }
        catch (IOException) when (own.Equals(IPAddress.Loopback))
        {
            return ProbeWire.Open(IPAddress.IPv6Loopback, pod.ClientPort, Connect);
        }
    }

    private static string? ReadIfThere(string file) => File.Exists(file) ? File.ReadAllText(file) : null;
}
