namespace Slotwright.Core.Drills;

/// <summary>A time in which a member said the same of itself.</summary>
/// <param name="From">When it had said so first, since operations of the load began.</param>
/// <param name="To">When it had said something else.</param>
/// <param name="Last">When it was asked for the last time that it said so: from From to then it is certain.</param>
public readonly record struct RoleSpan(TimeSpan From, TimeSpan To, TimeSpan Last, MemberState State);
