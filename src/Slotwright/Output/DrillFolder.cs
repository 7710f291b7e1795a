using System.Text;
using Slotwright.Core.Failures;

namespace Slotwright.Output;

/// <summary>Where the report of a drill goes.</summary>
internal sealed class DrillFolder(string path)
{
    public string Path => path;

    /// <summary>Before anything is hurt, so that no drill is done in vain.</summary>
    /// <exception cref="OperationFailedException">It can't be made.</exception>
    public void Make() => Explain(() => Directory.CreateDirectory(path));

    public string PageOf(DrillDocument document) => System.IO.Path.Combine(path, $"{document.Drill}.html");

    /// <exception cref="OperationFailedException">They can't be written.</exception>
    public void Write(DrillDocument document, string page) =>
        Explain(() =>
        {
            File.WriteAllText(PageOf(document), page, new UTF8Encoding(false));
            using var json = new StreamWriter(
                System.IO.Path.Combine(path, $"{document.Drill}.json"),
                append: false,
                new UTF8Encoding(false)
            );
            JsonOut.Write(json, document);
        });

    private void Explain(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(
                $"the report can't be written to {path}: {e.Message}",
                next: "name another folder with --report",
                cause: e
            );
        }
    }
}
