using Slotwright.Core.Fencing;
using Slotwright.Local.Hosting;

namespace Slotwright.Local.Fencing;

/// <param name="Start">Its server, with its data or held back; null where it is held back without any.</param>
/// <param name="Decision">Start, or why not.</param>
internal sealed record FencedStart(string Name, MemberStart? Start, FenceDecision Decision);
