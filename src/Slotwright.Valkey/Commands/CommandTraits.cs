using System.Collections.Frozen;
using System.Collections.Immutable;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Commands;

/// <summary>What a server says of a command before it is run.</summary>
public static class CommandTraits
{
    /// <summary>The server hides their arguments from MONITOR and its logs: they are not sent as anything else.</summary>
    private static readonly FrozenSet<string> Secretive = new[] { "AUTH", "HELLO", "ACL", "CONFIG" }.ToFrozenSet(
        StringComparer.Ordinal
    );

    /// <summary>What COMMAND GETKEYS says, after ERR, where there are too few or too many arguments.</summary>
    private const string WrongCount = "Invalid number of arguments";

    /// <summary>They turn a connection into something that has more than one reply, or none.</summary>
    private static readonly FrozenSet<string> Endless = new[]
    {
        "SUBSCRIBE",
        "PSUBSCRIBE",
        "SSUBSCRIBE",
        "UNSUBSCRIBE",
        "PUNSUBSCRIBE",
        "SUNSUBSCRIBE",
        "MONITOR",
        "SYNC",
        "PSYNC",
        "CLIENT REPLY",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>It has one reply.</summary>
    public static bool HasOneReply(RespCommand command) => !Endless.Contains(command.Title);

    /// <summary>Whether the server flags it as one that writes; false for what it does not know, null where it does not say.</summary>
    public static async Task<bool?> WritesAsync(this ValkeyConnection node, RespCommand command, CancellationToken ct)
    {
        var words = command.Title.ToLowerInvariant().Split(' ');
        var question =
            words.Length > 1
                ? RespCommand.Of("COMMAND", "INFO", words[0], $"{words[0]}|{words[1]}")
                : RespCommand.Of("COMMAND", "INFO", words[0]);
        return Writes(await node.SendAsync(question, ct));
    }

    /// <summary>The last row that is there counts: a sub-command's comes after its container's.</summary>
    public static bool? Writes(RespValue commandInfo)
    {
        if (commandInfo is not RespValue.Array { Items: var rows })
        {
            return null;
        }
        var known = rows.OfType<RespValue.Array>().LastOrDefault(r => r.Items.Length > 2);
        return known is not null && Items(known.Items[2]).Any(flag => flag.AsText() == "write");
    }

    /// <summary>The keys among a command's arguments; null where the server is not asked, as it would log secrets.</summary>
    public static async Task<CommandKeys?> KeysAsync(
        this ValkeyConnection node,
        RespCommand command,
        CancellationToken ct
    )
    {
        if (Secretive.Contains(command.Title.Split(' ')[0]))
        {
            return null;
        }
        var question = RespCommand.OfBytes([.. RespCommand.Of("COMMAND", "GETKEYS").Arguments, .. command.Arguments]);
        var reply = await node.SendAsync(question, ct);
        var wrong = (reply as RespValue.Error)?.Text is { } words && words.Contains(WrongCount) ? words : null;
        return new CommandKeys([.. Items(reply).OfType<RespValue.Bulk>().Select(b => b.Bytes)], wrong);
    }

    private static ImmutableArray<RespValue> Items(RespValue value) =>
        value switch
        {
            RespValue.Array array => array.Items,
            RespValue.Set set => set.Items,
            _ => [],
        };
}
