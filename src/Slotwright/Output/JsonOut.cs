using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Slotwright.Output;

/// <summary>Prints a document as JSON that people can read as well: indented, and nothing escaped that need not be.</summary>
internal static class JsonOut
{
    private static readonly JsonFace Face = Make(indented: true);
    private static readonly JsonFace Compact = Make(indented: false);

    public static void Write<T>(TextWriter output, T document) => Write(output, document, Face);

    /// <summary>In one line, so that a program can take documents one by one as they come.</summary>
    public static void WriteCompact<T>(TextWriter output, T document) => Write(output, document, Compact);

    private static void Write<T>(TextWriter output, T document, JsonFace face) =>
        output.WriteLine(JsonSerializer.Serialize(document, (JsonTypeInfo<T>)face.GetTypeInfo(typeof(T))!));

    private static JsonFace Make(bool indented) =>
        new(
            new JsonSerializerOptions(JsonFace.Default.Options)
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                WriteIndented = indented,
            }
        );
}
