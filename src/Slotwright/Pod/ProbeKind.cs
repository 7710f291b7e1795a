namespace Slotwright.Pod;

/// <summary>The kubelet's three questions.</summary>
internal enum ProbeKind
{
    Startup,
    Liveness,
    Readiness,
}
