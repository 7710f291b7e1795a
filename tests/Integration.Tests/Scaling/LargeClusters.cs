namespace Slotwright.Integration.Tests.Scaling;

/// <summary>Ten servers and more at a time: tests of this collection run one after another.</summary>
internal static class LargeClusters
{
    public const string Name = "large clusters";
}
