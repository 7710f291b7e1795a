using System.Text.Json;
using Slotwright.Core.Failures;
using Slotwright.Operations.Targets;

namespace Slotwright.Local.State;

/// <summary>What hurt.json says: what a drill has hurt, or was about to, and has not brought back.</summary>
/// <param name="Version">Of this format.</param>
internal sealed record HurtFile(int Version, Hurt Hurt)
{
    private const int CurrentVersion = 1;

    /// <summary>Null where there is none.</summary>
    /// <exception cref="OperationFailedException">It can't be read.</exception>
    public static Hurt? Read(ClusterFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(folder.Hurt), LocalJson.Default.HurtFile) switch
            {
                { Version: CurrentVersion, Hurt: { } hurt } => hurt,
                _ => throw Unusable(folder, "it is of another version"),
            };
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw Unusable(folder, e.Message);
        }
    }

    public static void Write(ClusterFolder folder, Hurt hurt) =>
        AtomicFile.Write(
            folder.Hurt,
            JsonSerializer.SerializeToUtf8Bytes(new HurtFile(CurrentVersion, hurt), LocalJson.Default.HurtFile)
        );

    private static OperationFailedException Unusable(ClusterFolder folder, string why) =>
        new(
            $"{folder.Hurt} can't be read: {why}",
            next: "see with slotwright local list and status which members are down or paused, bring them back, and delete the file"
        );
}
