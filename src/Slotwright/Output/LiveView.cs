using Spectre.Console;
using Spectre.Console.Rendering;

namespace Slotwright.Output;

/// <summary>One picture after the other: in place on a terminal, below each other elsewhere.</summary>
internal sealed class LiveView(IAnsiConsole console)
{
    public void Show(IRenderable picture, DateTimeOffset at)
    {
        if (console.Profile.Capabilities.Ansi)
        {
            console.Clear(home: true);
        }
        console.WriteLine($"{at:HH:mm:ss}");
        console.Write(picture);
        console.WriteLine();
    }
}
