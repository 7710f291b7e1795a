using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Slotwright.Output;

/// <summary>Prints a document as JSON that people can read as well: indented, and nothing escaped that need not be.</summary>
internal static class JsonOut
{
    private static readonly JsonFace Face = new(
        new JsonSerializerOptions(JsonFace.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    public static void Write<T>(TextWriter output, T document) =>
        output.WriteLine(JsonSerializer.Serialize(document, (JsonTypeInfo<T>)Face.GetTypeInfo(typeof(T))!));
}
