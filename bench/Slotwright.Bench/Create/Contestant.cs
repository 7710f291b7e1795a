namespace Slotwright.Bench.Create;

/// <summary>Who makes a cluster of empty servers.</summary>
internal enum Contestant
{
    Slotwright,
    ValkeyCli,
}
