namespace Slotwright.Core.Drills;

/// <summary>A time in which a member said the same of itself.</summary>
/// <param name="From">Since operations of the load began.</param>
public readonly record struct RoleSpan(TimeSpan From, TimeSpan To, MemberState State);
