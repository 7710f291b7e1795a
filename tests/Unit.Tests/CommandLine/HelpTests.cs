using System.CommandLine;
using Slotwright.Commands;
using Slotwright.Core.Tests.Support;
using Slotwright.Output;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.CommandLine;

public sealed class HelpTests
{
    /// <summary>Every verb that there is, so that none can be added without its text.</summary>
    public static TheoryData<string> Verbs { get; } = [.. Paths(Tree())];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_verb_says_what_it_does(string path)
    {
        var words = path.Split(' ')[1..];
        var run = await TestProgram.RunAsync([.. words, "--help"]);

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Golden.Check($"help/{path.Replace(' ', '-')}.txt", run.Output);
    }

    [Fact]
    public void No_text_is_left_of_a_verb_that_is_gone() =>
        Assert.Equal(
            Paths(Tree()).Select(p => $"{p.Replace(' ', '-')}.txt").Order(StringComparer.Ordinal),
            Golden.Names("help").Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData("-h")]
    [InlineData("--help")]
    public async Task Help_needs_nothing_else_to_be_right(string help)
    {
        var run = await TestProgram.RunAsync("exec", "--frob", "--format", "xml", help);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Usage: slotwright exec [OPTION...] COMMAND...", run.Output);
    }

    [Fact]
    public void Every_verb_and_option_is_described()
    {
        foreach (var command in All(Tree()))
        {
            Assert.False(string.IsNullOrEmpty(command.Description), HelpText.Path(command));
            Assert.All(command.Arguments, a => Assert.False(string.IsNullOrEmpty(a.Description), a.Name));
            Assert.All(command.Options, o => Assert.False(string.IsNullOrEmpty(o.Description), o.Name));
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(80)]
    [InlineData(1000)]
    public void Lines_fit_the_terminal_where_they_can(int width)
    {
        foreach (var command in All(Tree()))
        {
            Assert.All(HelpText.Of(command, width), l => Assert.InRange(l.Length, 0, Math.Clamp(width, 80, 110)));
        }
    }

    private static RootCommand Tree() =>
        Root.Create(
            new Wiring(
                new FakeTerminal().Terminal,
                TimeProvider.System,
                new Random(1),
                new Dictionary<string, string>()
            )
        );

    private static IEnumerable<string> Paths(Command command) =>
        All(command).Where(c => !c.Hidden).Select(HelpText.Path);

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);
}
