namespace Slotwright.Valkey.Resp;

/// <summary>The first byte of a reply says what it is.</summary>
internal static class RespKind
{
    public const byte Simple = (byte)'+';
    public const byte Error = (byte)'-';
    public const byte Integer = (byte)':';
    public const byte Bulk = (byte)'$';
    public const byte Array = (byte)'*';
    public const byte Null = (byte)'_';
    public const byte Boolean = (byte)'#';
    public const byte Double = (byte)',';
    public const byte BigNumber = (byte)'(';
    public const byte BulkError = (byte)'!';
    public const byte Verbatim = (byte)'=';
    public const byte Map = (byte)'%';
    public const byte Attribute = (byte)'|';
    public const byte Set = (byte)'~';
    public const byte Push = (byte)'>';
}
