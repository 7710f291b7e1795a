namespace Slotwright.Valkey.Rdb;

/// <summary>Parts of an RDB file that stand before the first key and are of no use here.</summary>
internal static class RdbSkip
{
    public static void Lengths(RdbBytes bytes, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ = bytes.Length();
        }
    }

    /// <summary>A slot migration that was under way: its name, and ranges of slots.</summary>
    public static void SlotImport(RdbBytes bytes)
    {
        _ = bytes.String();
        for (var ranges = bytes.Length(); ranges > 0; ranges--)
        {
            Lengths(bytes, 2);
        }
    }

    /// <summary>What a module keeps beside its keys: its id, when it was written, and values up to an end.</summary>
    public static void ModuleAux(RdbBytes bytes)
    {
        Lengths(bytes, 3);
        while (true)
        {
            switch (bytes.Length())
            {
                case 0:
                    return;
                case 1 or 2:
                    _ = bytes.Length();
                    break;
                case 3:
                    bytes.Skip(sizeof(float));
                    break;
                case 4:
                    bytes.Skip(sizeof(double));
                    break;
                case 5:
                    _ = bytes.String();
                    break;
                default:
                    throw new RdbFormatException("what a module wrote is not understood");
            }
        }
    }
}
