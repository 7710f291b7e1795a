using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Slotwright.Output;

namespace Slotwright.Unit.Tests.Docs;

/// <summary>docs/json.md has every field of every document that the program prints, in its order, and no other.</summary>
public sealed partial class JsonPageTests
{
    [Fact]
    public void The_page_has_the_fields_of_every_document()
    {
        var documents = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var root in typeof(JsonFace).GetCustomAttributesData().Where(IsSerializable))
        {
            Collect((Type)root.ConstructorArguments[0].Value!, documents);
        }
        var page = Table()
            .Matches(Repository.Read("docs/json.md"))
            .ToDictionary(
                t => t.Groups["type"].Value,
                t => Row().Matches(t.Groups["rows"].Value).Select(r => r.Groups["field"].Value).ToArray(),
                StringComparer.Ordinal
            );
        Assert.Equal(documents.Keys, page.Keys.Order(StringComparer.Ordinal));
        Assert.All(documents, d => Assert.Equal(d.Value, page[d.Key]));
    }

    private static bool IsWritten(JsonPropertyInfo property) => property.Get is not null;

    private static bool IsSerializable(CustomAttributeData attribute) =>
        attribute.AttributeType == typeof(JsonSerializableAttribute);

    private static void Collect(Type type, SortedDictionary<string, string[]> documents)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (JsonFace.Default.GetTypeInfo(type) is not { } info)
        {
            return;
        }
        if (info.ElementType is { } element)
        {
            Collect(element, documents);
            return;
        }
        if (info.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }
        var derived = info.PolymorphismOptions?.DerivedTypes;
        if (derived is null && !documents.TryAdd(type.Name, [.. info.Properties.Where(IsWritten).Select(p => p.Name)]))
        {
            return;
        }
        foreach (
            var next in derived?.Select(d => d.DerivedType)
                ?? info.Properties.Where(p => p.CustomConverter is null).Select(p => p.PropertyType)
        )
        {
            Collect(next, documents);
        }
    }

    [GeneratedRegex(
        @"^<!-- json: (?<type>\w+) -->\n\|.*\n\|[-|: ]+\|\n(?<rows>(\|.*\n)+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Table();

    [GeneratedRegex(@"^\| `(?<field>\w+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
