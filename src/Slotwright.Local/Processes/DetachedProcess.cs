using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Slotwright.Local.Processes;

/// <summary>
/// Starts a process in a session of its own: no terminal, so that Ctrl-C in ours does not reach it, and none of our
/// file descriptors, so that it holds no lock or pipe of ours open. .NET's Process can do neither.
/// </summary>
internal static unsafe class DetachedProcess
{
    private const int Signals = 31;

    /// <param name="input">Becomes its stdin, with the lock that is on it.</param>
    /// <returns>The process id. It is our child: a parent that goes on living has to reap it.</returns>
    /// <exception cref="Win32Exception">The program can't be started; the message is the system's.</exception>
    public static int Start(DetachedCommand command, SafeHandle input)
    {
        var attributes = stackalloc byte[Native.LargestStruct];
        var actions = stackalloc byte[Native.LargestStruct];
        Check(Native.AttributesInit(attributes));
        Check(Native.ActionsInit(actions));
        var argv = new NativeStrings([command.Program, .. command.Arguments]);
        var envp = new NativeStrings(command.Environment);
        var held = false;
        try
        {
            input.DangerousAddRef(ref held);
            SetAttributes(attributes);
            SetActions(actions, command, (int)input.DangerousGetHandle());
            var error = Native.Spawn(out var pid, command.Program, actions, attributes, argv.Pointer, envp.Pointer);
            return error == 0 ? pid : throw new Win32Exception(error);
        }
        finally
        {
            if (held)
            {
                input.DangerousRelease();
            }
            argv.Dispose();
            envp.Dispose();
            _ = Native.ActionsDestroy(actions);
            _ = Native.AttributesDestroy(attributes);
        }
    }

    private static void SetAttributes(byte* attributes)
    {
        var none = stackalloc byte[Native.LargestStruct];
        var all = stackalloc byte[Native.LargestStruct];
        _ = Native.SignalsEmpty(none);
        _ = Native.SignalsEmpty(all);
        for (var signal = 1; signal <= Signals; signal++)
        {
            if (signal is not (Native.SigKill or Native.SigStop))
            {
                _ = Native.SignalsAdd(all, signal);
            }
        }
        Check(Native.AttributesSetSignalMask(attributes, none));
        Check(Native.AttributesSetSignalDefaults(attributes, all));
        Check(
            Native.AttributesSetFlags(
                attributes,
                Native.SpawnSignalDefaults | Native.SpawnSignalMask | Native.SpawnNewSession
            )
        );
    }

    private static void SetActions(byte* actions, DetachedCommand command, int input)
    {
        Check(Native.ActionsAddDup2(actions, input, 0));
        Check(
            Native.ActionsAddOpen(
                actions,
                1,
                command.Output,
                Native.OpenWriteOnly | Native.OpenCreate | Native.OpenAppend,
                Convert.ToInt32("600", 8)
            )
        );
        Check(Native.ActionsAddDup2(actions, 1, 2));
        foreach (var leaking in OpenFiles.Inheritable())
        {
            Check(Native.ActionsAddClose(actions, leaking));
        }
        Check(Native.ActionsAddChdir(actions, command.Folder));
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }
}
