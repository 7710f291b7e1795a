using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Targets;

/// <summary>The password of a cluster that has no host to ask: a file, the environment, a prompt, else none.</summary>
internal sealed class PasswordSource
{
    public const string PasswordVariable = "SLOTWRIGHT_PASSWORD";
    public const string UserVariable = "SLOTWRIGHT_USER";

    private readonly Wiring _wiring;
    private readonly ImmutableArray<NodeAddress> _seeds;
    private readonly Lazy<Task<Credentials?>> _credentials;
    private bool _isAsking;

    public PasswordSource(Wiring wiring, ImmutableArray<NodeAddress> seeds, Credentials? given)
    {
        _wiring = wiring;
        _seeds = seeds;
        _credentials = new(() => given is null ? FindAsync() : Task.FromResult<Credentials?>(given));
    }

    public async ValueTask<Credentials?> GetAsync(CancellationToken ct)
    {
        try
        {
            return await _credentials.Value.WaitAsync(ct);
        }
        catch (OperationCanceledException) when (Interlocked.Exchange(ref _isAsking, false))
        {
            _wiring.Terminal.Error.WriteLine(); // the question ended none
            throw;
        }
    }

    private async Task<Credentials?> FindAsync()
    {
        if (_wiring.Environment.GetValueOrDefault(PasswordVariable) is { Length: > 0 } password)
        {
            return new Credentials(User(_wiring), password);
        }
        if (_wiring.Terminal.ReadSecret is not { } read || await WhoWantsItAsync() is not { } seed)
        {
            return null;
        }
        Volatile.Write(ref _isAsking, true);
        _wiring.Terminal.Error.Write($"Password of {seed}: ");
        _wiring.Terminal.Error.Flush();
        var typed = read();
        Volatile.Write(ref _isAsking, false);
        _wiring.Terminal.Error.WriteLine();
        return new Credentials(User(_wiring), typed);
    }

    /// <summary>The first seed that answers, where it lets nobody in without a password; else null.</summary>
    private async Task<NodeAddress?> WhoWantsItAsync()
    {
        var answers = await Task.WhenAll(_seeds.Select(IsWantedAsync));
        var first = Array.FindIndex(answers, a => a is not null);
        return first >= 0 && answers[first] == true ? _seeds[first] : null;
    }

    /// <summary>Null where the seed does not answer.</summary>
    private async Task<bool?> IsWantedAsync(NodeAddress seed)
    {
        using var patience = new CancellationTokenSource(ClusterSession.AnswerBudget, _wiring.Time);
        try
        {
            var stream = await TcpDialer.ConnectAsync(seed, _wiring.Time, patience.Token);
            await using var connection = await ValkeyConnection.OpenAsync(
                stream,
                null,
                seed.ToString(),
                patience.Token
            );
            await connection.SendAsync(RespCommand.Of("PING"), patience.Token);
            return false;
        }
        catch (OperationFailedException e) when (e.Kind == FailureKind.PasswordWanted)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or OperationFailedException or OperationCanceledException)
        {
            return null;
        }
    }

    public static string? User(Wiring wiring) =>
        wiring.Environment.GetValueOrDefault(UserVariable) is { Length: > 0 } user ? user : null;

    /// <summary>The first line of a file.</summary>
    /// <exception cref="BadInputException">It can't be read, or is empty.</exception>
    public static string Read(FileInfo file, string where)
    {
        try
        {
            return File.ReadLines(file.FullName).FirstOrDefault() is { Length: > 0 } line
                ? line
                : throw new BadInputException(
                    new Problem(where, $"{file.FullName} is empty", "put the password in its first line")
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UnreadableFile.Because(file, where, e);
        }
    }
}
