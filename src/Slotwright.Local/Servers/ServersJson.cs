using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slotwright.Local.Servers;

[JsonSerializable(typeof(InstalledServer))]
internal sealed partial class ServersJson : JsonSerializerContext
{
    /// <summary>People read the manifest: "libstdc++6" stays as it is.</summary>
    public static ServersJson Readable { get; } =
        new(
            new JsonSerializerOptions
            {
                WriteIndented = true,
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
