namespace Slotwright.Core.Observing;

/// <summary>The flags of CLUSTER NODES. Possible is <c>fail?</c>: suspected by this one node.</summary>
[Flags]
public enum PeerFlags
{
    None = 0,
    Myself = 1,
    Primary = 2,
    Replica = 4,
    Possible = 8,
    Fail = 16,
    Handshake = 32,
    NoAddress = 64,
    NoFailover = 128,
}
