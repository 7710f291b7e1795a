using System.Collections.Immutable;
using Slotwright.Local.Network;

namespace Slotwright.Local.Machine;

/// <summary>What this machine says of itself; null is for what it does not say.</summary>
/// <param name="System">As the distribution calls itself: Debian GNU/Linux 12 (bookworm).</param>
/// <param name="Cores">That this process may use.</param>
/// <param name="Memory">Bytes in all, or those that the control group allows, whichever is less.</param>
/// <param name="FreeMemory">Bytes that can be had without swapping.</param>
/// <param name="Swap">Bytes of swap space; 0 for none.</param>
/// <param name="UsedSwap">Bytes of it that are in use.</param>
/// <param name="OpenFiles">That a process may have at most; long.MaxValue for no limit.</param>
/// <param name="HugePages">The chosen word of transparent_hugepage/enabled; empty where the kernel has none.</param>
/// <param name="Overcommit">vm.overcommit_memory: 0, 1 or 2.</param>
/// <param name="Backlog">net.core.somaxconn.</param>
/// <param name="Ephemeral">Ports that are given to outgoing connections.</param>
/// <param name="Listeners">Sockets that listen.</param>
/// <param name="StateFolder">Where clusters are kept, or will be.</param>
/// <param name="FreeDisk">Bytes that this user can still write there.</param>
internal sealed record MachineFacts(
    string? System,
    bool IsDebian,
    int Cores,
    long? Memory,
    long? FreeMemory,
    long? Swap,
    long? UsedSwap,
    long? OpenFiles,
    string? HugePages,
    int? Overcommit,
    int? Backlog,
    PortRange? Ephemeral,
    ImmutableArray<Listener> Listeners,
    string StateFolder,
    long? FreeDisk
);
