namespace Slotwright.Core.Health;

/// <summary>One thing that was found: what it is, why it matters, and what to do about it.</summary>
/// <param name="Code">Stable name for programs and runbooks, in kebab-case: <c>shard-dead</c>.</param>
/// <param name="Subject">What it is about: a member, a shard (<c>slots 0-5460</c>), a zone, the cluster.</param>
/// <param name="Remedy">What a person does next; empty where nothing is to be done.</param>
public sealed record Finding(string Code, Verdict Verdict, string Subject, string What, string Why, string Remedy);
