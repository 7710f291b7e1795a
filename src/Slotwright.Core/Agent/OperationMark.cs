using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Agent;

/// <summary>
/// What an operation writes to every member as the name of a connection that it keeps there: that it runs, and which nodes
/// it is taking down. Agents have no other way to see it, and it is gone with the operation's process. Written
/// <c>slotwright-op:restart:taking-down=07c3...,9ab1...</c>, with whole node ids; nothing behind the sign for nobody.
/// </summary>
/// <param name="Operation">Letters, digits and hyphens: <c>restart</c>.</param>
/// <param name="TakingDown">Nodes that agents leave alone while they are away.</param>
public sealed record OperationMark(string Operation, ImmutableArray<NodeId> TakingDown)
{
    private const string Prefix = "slotwright-op:";
    private const string Middle = ":taking-down=";

    /// <summary>The connection's name. It has no space, which CLIENT SETNAME refuses.</summary>
    public string ConnectionName => $"{Prefix}{Operation}{Middle}{string.Join(',', TakingDown)}";

    /// <summary>False for the names of other connections.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out OperationMark? mark)
    {
        mark = null;
        var middle = name.IndexOf(Middle, StringComparison.Ordinal);
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || middle < Prefix.Length)
        {
            return false;
        }
        var nodes = ImmutableArray.CreateBuilder<NodeId>();
        foreach (var word in name[(middle + Middle.Length)..].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!NodeId.TryParse(word, null, out var id))
            {
                return false;
            }
            nodes.Add(id);
        }
        mark = new OperationMark(name[Prefix.Length..middle], nodes.ToImmutable());
        return true;
    }

    /// <summary>The marks among the connections that CLIENT LIST names.</summary>
    public static ImmutableArray<OperationMark> OfClientList(string reply)
    {
        const string Field = " name=" + Prefix;
        var marks = ImmutableArray.CreateBuilder<OperationMark>();
        for (var at = reply.IndexOf(Field, StringComparison.Ordinal); at >= 0; )
        {
            var start = at + Field.Length - Prefix.Length;
            var end = reply.AsSpan(start).IndexOfAny(' ', '\n') is >= 0 and var length ? start + length : reply.Length;
            if (TryParse(reply[start..end], out var mark))
            {
                marks.Add(mark);
            }
            at = reply.IndexOf(Field, end, StringComparison.Ordinal);
        }
        return marks.ToImmutable();
    }
}
