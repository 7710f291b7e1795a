using Spectre.Console;
using Spectre.Console.Rendering;

namespace Slotwright.Output;

/// <summary>One picture after the other: in place on a terminal, below each other elsewhere.</summary>
internal sealed class LiveView(IAnsiConsole console)
{
    /// <summary>To the upper left corner, and all from there on erased: what was scrolled away before is kept.</summary>
    private const string FromTheTop = "\e[H\e[J";

    public void Show(IRenderable picture, DateTimeOffset at)
    {
        if (console.Profile.Capabilities.Ansi)
        {
            console.Write(new ControlCode(FromTheTop));
        }
        console.WriteLine($"{at:HH:mm:ss}");
        console.Write(picture);
        console.WriteLine();
    }
}
