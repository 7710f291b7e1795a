using Slotwright.Core.Drills;

namespace Slotwright.Output;

/// <summary>A time in which a member said the same of itself.</summary>
internal sealed record DrillSpanDocument(double FromMs, double ToMs, MemberState State);
