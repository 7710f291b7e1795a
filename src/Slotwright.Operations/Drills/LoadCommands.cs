using System.Text;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Drills;

/// <summary>The commands of a run; what is the same in all is encoded once.</summary>
/// <param name="timeToLive">Longer than the run.</param>
internal sealed class LoadCommands(LoadOptions options, TimeSpan timeToLive)
{
    /// <summary>WAIT must not hold up its connection for long where replicas are gone.</summary>
    public const int WaitMilliseconds = 100;

    private static readonly ReadOnlyMemory<byte> SetRangeWord = Encode("SETRANGE");
    private static readonly ReadOnlyMemory<byte> SetWord = Encode("SET");
    private static readonly ReadOnlyMemory<byte> MillisecondsWord = Encode("PX");
    private static readonly ReadOnlyMemory<byte> GetWord = Encode("GET");
    private static readonly ReadOnlyMemory<byte> ExpireWord = Encode("PEXPIRE");
    private static readonly ReadOnlyMemory<byte> Zero = new byte[1];
    private static readonly ReadOnlyMemory<byte> UnlinkWord = Encode("UNLINK");

    private readonly ReadOnlyMemory<byte>[] _offsets =
    [
        .. Enumerable.Range(0, LoadKeys.Cells).Select(cell => Encode($"{cell * options.ValueSize}")),
    ];

    private readonly ReadOnlyMemory<byte> _end = Encode($"{LoadKeys.Cells * options.ValueSize}");
    private readonly byte[] _empty = new byte[(LoadKeys.Cells * options.ValueSize) + 1];
    private readonly ReadOnlyMemory<byte> _timeToLive = Encode($"{(long)timeToLive.TotalMilliseconds}");

    /// <summary>Of a key's value: the ring and a byte more. A value that is shorter was gone and has come back by a write.</summary>
    public int Length => _empty.Length;

    /// <summary>Null where writes need not be confirmed.</summary>
    public RespCommand? Wait { get; } =
        options.WaitReplicas > 0 ? RespCommand.Of("WAIT", $"{options.WaitReplicas}", $"{WaitMilliseconds}") : null;

    public RespCommand Create(LoadKey key) =>
        RespCommand.OfBytes(SetWord, key.Name, _empty, MillisecondsWord, _timeToLive);

    public RespCommand Write(LoadKey key, long number)
    {
        var value = GC.AllocateUninitializedArray<byte>(options.ValueSize);
        key.Ring.WriteValue(value, number);
        return RespCommand.OfBytes(SetRangeWord, key.Name, _offsets[key.Ring.CellOf(number)], value);
    }

    /// <summary>Gives a key that had been gone its full length again.</summary>
    public RespCommand Lengthen(LoadKey key) => RespCommand.OfBytes(SetRangeWord, key.Name, _end, Zero);

    /// <summary>Such a key has no time to live either.</summary>
    public RespCommand Expire(LoadKey key) => RespCommand.OfBytes(ExpireWord, key.Name, _timeToLive);

    /// <summary>It is one of <see cref="Write"/>, or one that lengthens a key.</summary>
    public static bool IsWrite(RespCommand command) => command.Arguments[0].Equals(SetRangeWord);

    public static RespCommand Read(LoadKey key) => RespCommand.OfBytes(GetWord, key.Name);

    public static RespCommand Delete(LoadKey key) => RespCommand.OfBytes(UnlinkWord, key.Name);

    private static ReadOnlyMemory<byte> Encode(string text) => Encoding.ASCII.GetBytes(text);
}
