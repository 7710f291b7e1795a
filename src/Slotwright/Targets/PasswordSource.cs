using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
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

    public PasswordSource(Wiring wiring, ImmutableArray<NodeAddress> seeds, Credentials? given)
    {
        _wiring = wiring;
        _seeds = seeds;
        _credentials = new(() => given is null ? FindAsync() : Task.FromResult<Credentials?>(given));
    }

    public async ValueTask<Credentials?> GetAsync(CancellationToken ct) => await _credentials.Value.WaitAsync(ct);

    private async Task<Credentials?> FindAsync()
    {
        if (_wiring.Environment.GetValueOrDefault(PasswordVariable) is { Length: > 0 } password)
        {
            return new Credentials(User(_wiring), password);
        }
        if (_wiring.Terminal.ReadSecret is not { } read || !await IsWantedAsync())
        {
            return null;
        }
        _wiring.Terminal.Error.Write($"Password of {_seeds[0]}: ");
        var typed = read();
        _wiring.Terminal.Error.WriteLine();
        return new Credentials(User(_wiring), typed);
    }

    /// <summary>Whether the first seed that answers lets nobody in without one.</summary>
    private async Task<bool> IsWantedAsync()
    {
        using var patience = new CancellationTokenSource(TcpDialer.Patience * 2, _wiring.Time);
        foreach (var seed in _seeds)
        {
            try
            {
                var stream = await TcpDialer.ConnectAsync(seed, _wiring.Time, patience.Token);
                await using var connection = await ValkeyConnection.OpenAsync(
                    stream,
                    null,
                    seed.ToString(),
                    patience.Token
                );
                var reply = await connection.SendAsync(RespCommand.Of("PING"), patience.Token);
                return reply is RespValue.Error { Code: "NOAUTH" };
            }
            catch (Exception e) when (e is IOException or OperationFailedException or OperationCanceledException)
            {
                continue;
            }
        }
        return false;
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
