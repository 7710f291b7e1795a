using System.Collections.Immutable;

namespace Slotwright.Local.Processes;

/// <summary>A program to be started so that it outlives us.</summary>
/// <param name="Program">Absolute path.</param>
/// <param name="Arguments">Without the program's own name.</param>
/// <param name="Folder">Its working folder.</param>
/// <param name="Output">The file to which its stdout and stderr are appended.</param>
internal sealed record DetachedCommand(
    string Program,
    ImmutableArray<string> Arguments,
    ImmutableArray<string> Environment,
    string Folder,
    string Output
);
