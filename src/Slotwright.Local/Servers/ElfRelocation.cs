using System.Buffers.Binary;
using System.Text;

namespace Slotwright.Local.Servers;

/// <summary>
/// Gives a program its own dynamic loader and library folder, as patchelf does, so that it is executed as itself.
/// </summary>
/// <remarks>
/// The kernel reads the loader's path at a file offset, wherever that is: the new path is appended to the file. The
/// library path must lie in memory: it takes the place that the old loader path left free (.interp), and a spare
/// entry of the dynamic section, which linkers leave for this, refers to it. Nothing else moves.
/// Layout: ELF-64 Object File Format, version 1.5; glibc elf/rtld.c and elf/dl-load.c.
/// </remarks>
internal static class ElfRelocation
{
    private const uint SegmentDynamic = 2;
    private const uint SegmentInterpreter = 3;
    private const ulong TagNull = 0;
    private const ulong TagStringTable = 5;
    private const ulong TagRpath = 15;
    private const ulong TagRunpath = 29;
    private const int ProgramHeaderSize = 56;
    private const int DynamicEntrySize = 16;

    /// <summary>The file name of the loader that a program asks for: ld-linux-x86-64.so.2.</summary>
    /// <exception cref="InvalidDataException">No dynamically linked 64-bit little-endian program.</exception>
    public static string LoaderName(ReadOnlySpan<byte> program)
    {
        var interpreter = Segment(program, SegmentInterpreter);
        var text = program.Slice((int)interpreter.Offset, (int)interpreter.Size);
        return Path.GetFileName(Encoding.UTF8.GetString(text.TrimEnd((byte)0)));
    }

    /// <param name="loader">Absolute path of the loader.</param>
    /// <param name="libraries">Library folders as ld.so reads them, $ORIGIN allowed; shorter than the old loader path.</param>
    /// <returns>The program as it must be written.</returns>
    /// <exception cref="InvalidDataException">Not a program that this can be done to.</exception>
    public static byte[] Apply(ReadOnlySpan<byte> program, string loader, string libraries)
    {
        var interpreter = Segment(program, SegmentInterpreter);
        var dynamic = Segment(program, SegmentDynamic);
        var loaderBytes = Encoding.UTF8.GetBytes(loader + '\0');
        var libraryBytes = Encoding.UTF8.GetBytes(libraries + '\0');
        if ((ulong)libraryBytes.Length > interpreter.Size)
        {
            throw new InvalidDataException($"'{libraries}' does not fit in the place of the old loader path");
        }

        var patched = new byte[program.Length + loaderBytes.Length];
        program.CopyTo(patched);
        loaderBytes.CopyTo(patched, program.Length);

        var place = patched.AsSpan((int)interpreter.Offset, (int)interpreter.Size);
        place.Clear();
        libraryBytes.CopyTo(place);
        AddRpath(patched.AsSpan((int)dynamic.Offset, (int)dynamic.Size), interpreter.Address);

        var header = patched.AsSpan(interpreter.Header, ProgramHeaderSize);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], (ulong)program.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], (ulong)loaderBytes.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[40..], (ulong)loaderBytes.Length);
        return patched;
    }

    /// <summary>RPATH rather than RUNPATH: it also holds for what the libraries need in their turn.</summary>
    private static void AddRpath(Span<byte> dynamic, ulong address)
    {
        ulong? strings = null;
        int? slot = null;
        var end = dynamic.Length / DynamicEntrySize;
        for (var i = 0; i < end; i++)
        {
            var entry = dynamic[(i * DynamicEntrySize)..];
            var tag = BinaryPrimitives.ReadUInt64LittleEndian(entry);
            if (tag == TagStringTable)
            {
                strings = BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]);
            }
            if (tag is TagRpath or TagRunpath)
            {
                throw new InvalidDataException("it has a library path already");
            }
            if (tag == TagNull)
            {
                // The last entry ends the section and must stay.
                slot = i + 1 < end ? i : null;
                break;
            }
        }
        if (strings is null || slot is null)
        {
            throw new InvalidDataException("its dynamic section has no spare entry");
        }
        var spare = dynamic[(slot.Value * DynamicEntrySize)..];
        BinaryPrimitives.WriteUInt64LittleEndian(spare, TagRpath);
        // An offset from the string table, modulo 2^64: .interp lies before it.
        BinaryPrimitives.WriteUInt64LittleEndian(spare[8..], unchecked(address - strings.Value));
    }

    private static (int Header, ulong Offset, ulong Address, ulong Size) Segment(ReadOnlySpan<byte> program, uint type)
    {
        if (program.Length < 64 || !program.StartsWith("\u007fELF\u0002\u0001"u8))
        {
            throw new InvalidDataException("it is no 64-bit little-endian ELF program");
        }
        var table = BinaryPrimitives.ReadUInt64LittleEndian(program[32..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(program[56..]);
        if (table + (ulong)(count * ProgramHeaderSize) > (ulong)program.Length)
        {
            throw new InvalidDataException("its program headers are cut off");
        }
        for (var i = 0; i < count; i++)
        {
            var at = (int)table + (i * ProgramHeaderSize);
            var header = program.Slice(at, ProgramHeaderSize);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header) != type)
            {
                continue;
            }
            var offset = BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);
            var address = BinaryPrimitives.ReadUInt64LittleEndian(header[16..]);
            var size = BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);
            return offset + size <= (ulong)program.Length
                ? (at, offset, address, size)
                : throw new InvalidDataException("it is cut off");
        }
        throw new InvalidDataException("it is not dynamically linked");
    }
}
