using System.Text.Json;
using Slotwright.Local.Processes;

namespace Slotwright.Local.State;

/// <summary>What process.json says: the process that was started last for a member.</summary>
/// <param name="Version">Of this format.</param>
/// <param name="Revision">Of the server and settings that it was started with.</param>
internal sealed record ProcessFile(int Version, ProcessIdentity Identity, string Revision, DateTimeOffset Started)
{
    public const int CurrentVersion = 1;

    /// <summary>Null where there is none that can be read: the process is then looked for without it.</summary>
    public static ProcessFile? Read(MemberFolder folder)
    {
        try
        {
            return
                JsonSerializer.Deserialize(File.ReadAllBytes(folder.Process), LocalJson.Default.ProcessFile)
                    is { Version: CurrentVersion, Identity: not null } file
                ? file
                : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public void Write(MemberFolder folder) =>
        AtomicFile.WriteDerived(
            folder.Process,
            JsonSerializer.SerializeToUtf8Bytes(this, LocalJson.Default.ProcessFile)
        );
}
