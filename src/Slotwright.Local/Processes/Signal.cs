namespace Slotwright.Local.Processes;

internal enum Signal
{
    Kill = Native.SigKill,
    Terminate = Native.SigTerm,
    Continue = Native.SigCont,
    Stop = Native.SigStop,
}
