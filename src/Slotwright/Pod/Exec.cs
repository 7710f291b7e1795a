using System.Runtime.InteropServices;
using Slotwright.Core.Failures;

namespace Slotwright.Pod;

/// <summary>Another program in this process's place: same id, same environment, no signal blocked.</summary>
internal static unsafe partial class Exec
{
    private const int SetMask = 2;

    /// <summary>Room for sigset_t of glibc and musl; no signal where all is zero.</summary>
    private const int SignalSet = 128;

    /// <returns>Why it could not be done; where it could, this never returns.</returns>
    public static OperationFailedException Replace(string program, IReadOnlyList<string> arguments)
    {
        var none = stackalloc byte[SignalSet];
        NativeMemory.Clear(none, SignalSet);
        _ = SignalMask(SetMask, none, null);
        var argv = (byte**)NativeMemory.AllocZeroed((nuint)(arguments.Count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < arguments.Count; i++)
        {
            argv[i] = (byte*)Marshal.StringToCoTaskMemUTF8(arguments[i]);
        }
        _ = ExecV(program, argv);
        return new OperationFailedException(
            $"{program} can't be run: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}"
        );
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ExecV(string path, byte** argv);

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    private static partial int SignalMask(int how, byte* set, byte* before);
}
