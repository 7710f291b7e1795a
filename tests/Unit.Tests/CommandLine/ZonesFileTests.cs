using Slotwright.Core.Failures;
using Slotwright.Targets;

namespace Slotwright.Unit.Tests.CommandLine;

public sealed class ZonesFileTests
{
    [Fact]
    public void Each_line_that_can_not_be_used_is_told_with_what_it_lacks()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, ["# zones", "a=east", "127.0.0.1:7400=", "=b", "c"]);
            var problems = Assert.Throws<BadInputException>(() => ZonesFile.Read(new FileInfo(path))).Problems;
            Assert.Equal(
                ["'127.0.0.1:7400=' has no zone", "'=b' names no member", "'c' has no zone"],
                problems.Select(p => p.What)
            );
        }
        finally
        {
            File.Delete(path);
        }
    }
}
