using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Slotwright.Integration.Tests.Image;

/// <summary>An image archive as it was read: files by name, all small enough for memory.</summary>
internal sealed record ImageArchive(ImmutableSortedDictionary<string, byte[]> Files)
{
    private const string Blobs = "blobs/";

    public JsonElement Index => Json("index.json");
    public JsonElement Manifest => Blob(Index.GetProperty("manifests")[0]);
    public JsonElement Config => Blob(Manifest.GetProperty("config"));

    /// <summary>The layers' tar files, the lowest first.</summary>
    public IEnumerable<byte[]> Layers => Manifest.GetProperty("layers").EnumerateArray().Select(l => Unzip(Content(l)));

    public static async Task<ImageArchive> ReadAsync(string path)
    {
        await using var file = File.OpenRead(path);
        await using var tar = new TarReader(file);
        var files = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
        {
            if (entry.EntryType == TarEntryType.RegularFile)
            {
                files.Add(entry.Name, ((MemoryStream)entry.DataStream!).ToArray());
            }
        }
        return new ImageArchive(files.ToImmutable());
    }

    public JsonElement Json(string name) => JsonSerializer.Deserialize<JsonElement>(Files[name]);

    /// <summary>What a descriptor points to; its size is checked on the way.</summary>
    public byte[] Content(JsonElement descriptor)
    {
        var content = Files[Path(descriptor.GetProperty("digest").GetString()!)];
        Assert.Equal(descriptor.GetProperty("size").GetInt64(), content.Length);
        return content;
    }

    /// <summary>Blobs whose content is not what their name says.</summary>
    public IEnumerable<string> Broken() =>
        Files
            .Where(f => f.Key.StartsWith(Blobs, StringComparison.Ordinal) && f.Key != Path(Digest(f.Value)))
            .Select(f => f.Key);

    /// <summary>A line an entry of all layers: mode, owner, name, and where a link leads.</summary>
    public string Listing()
    {
        var text = new StringBuilder();
        foreach (var entry in Entries())
        {
            var kind = entry.EntryType switch
            {
                TarEntryType.Directory => "d",
                TarEntryType.SymbolicLink => "l",
                _ => "-",
            };
            var link = entry.EntryType == TarEntryType.SymbolicLink ? $" -> {entry.LinkName}" : "";
            var mode = Convert.ToString((int)entry.Mode, 8).PadLeft(4, '0');
            text.Append($"{kind} {mode} {entry.Uid}:{entry.Gid} /{entry.Name}{link}\n");
        }
        return text.ToString();
    }

    public IEnumerable<TarEntry> Entries()
    {
        foreach (var layer in Layers)
        {
            using var tar = new TarReader(new MemoryStream(layer));
            while (tar.GetNextEntry(copyData: true) is { } entry)
            {
                yield return entry;
            }
        }
    }

    public async Task UnpackAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var layer in Layers)
        {
            await TarFile.ExtractToDirectoryAsync(new MemoryStream(layer), folder, overwriteFiles: false);
        }
    }

    public static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    private JsonElement Blob(JsonElement descriptor) => JsonSerializer.Deserialize<JsonElement>(Content(descriptor));

    private static string Path(string digest) => Blobs + digest.Replace(':', '/');

    private static byte[] Unzip(byte[] content)
    {
        using var zip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zip.CopyTo(plain);
        return plain.ToArray();
    }
}
