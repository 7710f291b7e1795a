using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Slotwright.Core.Planning;

namespace Slotwright.Output;

/// <summary>The JSON documents that the program prints, one an output.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(BootstrapDocument))]
[JsonSerializable(typeof(ChangeDocument))]
[JsonSerializable(typeof(CompletionDocument))]
[JsonSerializable(typeof(DoctorDocument))]
[JsonSerializable(typeof(DownDocument))]
[JsonSerializable(typeof(DrillDocument))]
[JsonSerializable(typeof(ImmutableArray<ExecReply>))]
[JsonSerializable(typeof(HotDocument))]
[JsonSerializable(typeof(LoadDocument))]
[JsonSerializable(typeof(Plan))]
[JsonSerializable(typeof(PreflightDocument))]
[JsonSerializable(typeof(RecoverDocument))]
[JsonSerializable(typeof(RollingDocument))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(UpDocument))]
[JsonSerializable(typeof(VerifyDocument))]
[JsonSerializable(typeof(VersionDocument))]
[JsonSerializable(typeof(SlotDocument))]
[JsonSerializable(typeof(LocalListDocument))]
[JsonSerializable(typeof(LocalChangeDocument))]
[JsonSerializable(typeof(ValkeyListDocument))]
[JsonSerializable(typeof(ValkeyInstallDocument))]
internal sealed partial class JsonFace : JsonSerializerContext;
