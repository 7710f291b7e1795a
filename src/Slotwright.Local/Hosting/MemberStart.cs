using Slotwright.Local.Processes;
using Slotwright.Local.State;

namespace Slotwright.Local.Hosting;

/// <summary>A member's server that was started and has not answered yet.</summary>
/// <param name="LogStart">Where in its log the lines of this start begin.</param>
internal sealed record MemberStart(MemberFolder Folder, int Ordinal, ProcessIdentity Identity, long LogStart);
