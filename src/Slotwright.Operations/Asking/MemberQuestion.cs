using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Measures;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Asking;

/// <summary>One command of a person's, put to members as they are; nobody's redirections are followed.</summary>
/// <param name="patience">How long a member may take to be reached and to reply.</param>
public sealed class MemberQuestion(ClusterSession session, RespCommand command, TimeSpan patience)
{
    private static readonly RespCommand Ping = RespCommand.Of("PING");

    /// <summary>All at the same time; what a member does never makes its task fail.</summary>
    public ImmutableArray<Task<MemberReply>> PutTo(ImmutableArray<Member> members, CancellationToken ct) =>
        [.. members.Select(m => PutToAsync(m, ct))];

    private async Task<MemberReply> PutToAsync(Member member, CancellationToken ct)
    {
        try
        {
            var start = session.Time.GetTimestamp();
            var toConnect = patience < session.Target.AnswerBudget ? patience : session.Target.AnswerBudget;
            var connection = await WithinAsync(
                toConnect,
                token => ConnectAsync(member, token),
                () =>
                    Silent(
                        member,
                        $"no answer within {Duration.Format(toConnect)}",
                        "see whether it runs: slotwright status"
                    ),
                ct
            );
            var left = patience - session.Time.GetElapsedTime(start);
            var reply = await WithinAsync(
                left > TimeSpan.Zero ? left : TimeSpan.Zero,
                token => SendAsync(connection, token),
                () =>
                    Silent(
                        member,
                        $"no reply within {Duration.Format(patience)}; it may still come to be done",
                        "give it longer"
                    ),
                ct
            );
            return new MemberReply(member, reply, null);
        }
        catch (OperationFailedException e)
        {
            return new MemberReply(member, null, e);
        }
    }

    /// <summary>A paused process takes connections as well: only an answer shows that somebody is there.</summary>
    private async Task<ValkeyConnection> ConnectAsync(Member member, CancellationToken ct)
    {
        var connection = await session.ConnectAsync(member, ct);
        await connection.SendAsync(Ping, ct);
        return connection;
    }

    /// <summary>A server that obeys SHUTDOWN says nothing more; valkey-cli takes that for success too.</summary>
    private async Task<RespValue> SendAsync(ValkeyConnection connection, CancellationToken ct)
    {
        try
        {
            return await connection.SendAsync(command, ct);
        }
        catch (OperationFailedException) when (command.Title == "SHUTDOWN" && connection.IsBroken)
        {
            return new RespValue.Simple("OK");
        }
    }

    private async Task<T> WithinAsync<T>(
        TimeSpan budget,
        Func<CancellationToken, Task<T>> action,
        Func<OperationFailedException> silence,
        CancellationToken ct
    )
    {
        using var deadline = new CancellationTokenSource(budget, session.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return await action(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw silence();
        }
    }

    private OperationFailedException Silent(Member member, string what, string next) =>
        new(what, member.Name, command.Title, next: next);
}
