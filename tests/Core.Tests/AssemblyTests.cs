using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests;

public sealed class AssemblyTests
{
    [Fact]
    public void Core_references_the_framework_alone()
    {
        var foreign = typeof(SlotSet)
            .Assembly.GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(n => !n.StartsWith("System.", StringComparison.Ordinal) && n != "netstandard");

        Assert.Empty(foreign);
    }
}
