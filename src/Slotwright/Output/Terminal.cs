#pragma warning disable RS0030 // the one place where the process's console is taken
using System.Text;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>Where the program prints and asks: standard output is the document, standard error the talk.</summary>
/// <param name="Document">Standard output, for what was asked for.</param>
/// <param name="Talk">Standard error, for progress, questions and complaints.</param>
/// <param name="Input">Where answers come from; null where nobody can be asked.</param>
/// <param name="ReadSecret">Reads a password without showing it; null where nobody can be asked.</param>
internal sealed record Terminal(IAnsiConsole Document, IAnsiConsole Talk, TextReader? Input, Func<string>? ReadSecret)
{
    /// <summary>Standard input as bytes, for what a command is fed.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Somebody sits in front of it.</summary>
    public bool CanAsk => Input is not null;

    /// <summary>Whoever read the document has gone: head, or a pager that was quit.</summary>
    public bool NobodyReads => Out is StreamWriter { BaseStream: StandardStream { IsClosed: true } };

    public TextWriter Out => Document.Profile.Out.Writer;

    public TextWriter Error => Talk.Profile.Out.Writer;

    /// <summary>To standard output as they are; as text where it takes only text.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (Out is StreamWriter writer)
        {
            writer.Flush();
            writer.BaseStream.Write(bytes);
            writer.BaseStream.Flush();
        }
        else
        {
            Out.Write(Encoding.UTF8.GetString(bytes));
        }
    }

    /// <param name="stop">Ends the waiting for an answer.</param>
    public static Terminal OfProcess(CancellationToken stop)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var output = new StreamWriter(new StandardStream(Console.OpenStandardOutput(), 1, isDocument: true), utf8)
        {
            AutoFlush = true,
        };
        var error = new StreamWriter(new StandardStream(Console.OpenStandardError(), 2, isDocument: false), utf8)
        {
            AutoFlush = true,
        };
        var canAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected;
        return new Terminal(
            Consoles.Of(output, Console.IsOutputRedirected),
            Consoles.Of(error, Console.IsErrorRedirected),
            canAsk ? new InterruptibleReader(Console.In, stop) : null,
            canAsk ? ReadHidden : null
        );
    }

    private static string ReadHidden()
    {
        var secret = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                secret.Length = Math.Max(0, secret.Length - 1);
            }
            else if (key.KeyChar != '\0')
            {
                secret.Append(key.KeyChar);
            }
        }
        return secret.ToString();
    }
}
