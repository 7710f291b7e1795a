using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Slotwright.Valkey.Resp;

namespace Slotwright.Output;

/// <summary>
/// A reply as JSON: texts as strings, numbers as numbers, no value as null, arrays and sets as arrays, maps with text
/// keys as objects (others as arrays of pairs), errors within a reply as <c>{"error": TEXT}</c>, bytes that are no
/// UTF-8 as <c>{"base64": TEXT}</c>.
/// </summary>
internal sealed class ReplyConverter : JsonConverter<RespValue>
{
    public override RespValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, RespValue value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case RespValue.Null:
                writer.WriteNullValue();
                break;
            case RespValue.Integer integer:
                writer.WriteNumberValue(integer.Value);
                break;
            case RespValue.Double { Value: var number } when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case RespValue.Double or RespValue.BigNumber:
                writer.WriteStringValue(System.Text.Encoding.UTF8.GetString(ReplyPrinter.Raw(value).Span));
                break;
            case RespValue.Boolean boolean:
                writer.WriteBooleanValue(boolean.Value);
                break;
            case RespValue.Error error:
                writer.WriteStartObject();
                writer.WriteString("error", error.Text);
                writer.WriteEndObject();
                break;
            case RespValue.Bulk bulk when !Utf8.IsValid(bulk.Bytes.Span):
                writer.WriteStartObject();
                writer.WriteBase64String("base64", bulk.Bytes.Span);
                writer.WriteEndObject();
                break;
            case RespValue.Array { Items: var items }:
                WriteItems(writer, items, options);
                break;
            case RespValue.Set { Items: var items }:
                WriteItems(writer, items, options);
                break;
            case RespValue.Push { Items: var items }:
                WriteItems(writer, items, options);
                break;
            case RespValue.Map { Entries: var entries } when entries.All(e => e.Key.AsText() is not null):
                writer.WriteStartObject();
                foreach (var (key, entry) in entries)
                {
                    writer.WritePropertyName(key.AsText()!);
                    Write(writer, entry, options);
                }
                writer.WriteEndObject();
                break;
            case RespValue.Map { Entries: var entries }:
                writer.WriteStartArray();
                foreach (var (key, entry) in entries)
                {
                    WriteItems(writer, [key, entry], options);
                }
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(value.AsText());
                break;
        }
    }

    private void WriteItems(Utf8JsonWriter writer, IEnumerable<RespValue> items, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            Write(writer, item, options);
        }
        writer.WriteEndArray();
    }
}
