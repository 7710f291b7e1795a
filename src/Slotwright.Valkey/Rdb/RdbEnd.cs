namespace Slotwright.Valkey.Rdb;

/// <summary>The end of an RDB file: by it, one that was cut off is told without reading it.</summary>
public static class RdbEnd
{
    private const int Length = 1 + RdbHeader.ChecksumLength;

    /// <summary>Whether the mark of the end stands where it should.</summary>
    public static bool IsThere(FileStream file)
    {
        Span<byte> end = stackalloc byte[1];
        return file.Length > Length
            && RandomAccess.Read(file.SafeFileHandle, end, file.Length - Length) == 1
            && end[0] == (byte)RdbOpcode.End;
    }
}
