using System.Runtime.InteropServices;

namespace Slotwright.Output;

/// <summary>
/// Standard output or standard error. Where its reader has gone (EPIPE), the rest is dropped in silence and the
/// command goes on to its own exit code; a watch looks at <see cref="IsClosed"/> and ends.
/// </summary>
/// <param name="waiting">The same stream by .NET, which waits where the other end is not ready to take more.</param>
/// <param name="descriptor">1 or 2.</param>
/// <param name="isDocument">Whether it is a failure that it can't be written; talk that can't be heard is none.</param>
internal sealed partial class StandardStream(Stream waiting, int descriptor, bool isDocument) : Stream
{
    private const int EIntr = 4;
    private const int EAgain = 11;
    private const int EPipe = 32;

    /// <summary>Nobody reads it any more.</summary>
    public bool IsClosed { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="OutputFailedException">The document can't be written: a full disk, say.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!IsClosed && !buffer.IsEmpty)
        {
            var written = (int)Send(descriptor, buffer, buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[written..];
                continue;
            }
            switch (Marshal.GetLastPInvokeError())
            {
                case EIntr:
                    break;
                case EAgain:
                    waiting.Write(buffer);
                    return;
                case EPipe:
                    IsClosed = true;
                    break;
                case var error when isDocument:
                    throw new OutputFailedException(Marshal.GetPInvokeErrorMessage(error));
                default:
                    IsClosed = true;
                    break;
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Send(int descriptor, ReadOnlySpan<byte> bytes, nint count);
}
