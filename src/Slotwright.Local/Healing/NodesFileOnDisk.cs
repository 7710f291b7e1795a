using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Core.Healing;
using Slotwright.Local.State;

namespace Slotwright.Local.Healing;

/// <summary>nodes.conf of a server that does not run.</summary>
/// <param name="path">Of the file; a server that has not begun has none.</param>
public sealed class NodesFileOnDisk(string path)
{
    /// <returns>Null where there is none.</returns>
    /// <exception cref="OperationFailedException">It is damaged; it stays as it is.</exception>
    public NodesFile? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }
        return NodesFile.TryParse(File.ReadAllText(path), out var file, out var damages)
            ? file
            : throw new OperationFailedException(
                $"{path} is damaged: {string.Join("; ", damages)}",
                done: "nothing was changed",
                next: "restore the line from a copy of the file, or from CLUSTER NODES of another member; without the file the member would begin as a new, empty node"
            );
    }

    /// <param name="addresses">The IP address of a hostname now.</param>
    /// <returns>What was corrected; the file is there whole, before and after.</returns>
    public ImmutableArray<NodesFileChange> Heal(NodesFile file, IReadOnlyDictionary<string, string> addresses)
    {
        var (healed, changes) = NodesFileHealing.Heal(file, addresses);
        if (!changes.IsEmpty)
        {
            AtomicFile.Write(path, healed.Render());
        }
        return changes;
    }
}
