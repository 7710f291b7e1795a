namespace Slotwright.Core.Failures;

/// <summary>One thing that is wrong with an input: what, where, and how to mend it.</summary>
/// <param name="Where">The option, file and line, or variable that holds it.</param>
public sealed record Problem(string Where, string What, string Remedy)
{
    public override string ToString() => Remedy.Length == 0 ? $"{Where}: {What}" : $"{Where}: {What}; {Remedy}";
}
