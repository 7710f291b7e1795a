namespace Slotwright.Core.Configuration;

/// <summary>What the place where a member runs says about its configuration.</summary>
/// <param name="Version">Of the server.</param>
/// <param name="Hostname">What it announces.</param>
/// <param name="Ip">The address that it announces, IPv4 or IPv6.</param>
/// <param name="DataFolder">An absolute path, as is AuthFile.</param>
/// <param name="AuthFile">Holds the passwords; null where none is wanted.</param>
/// <param name="Zone">Its availability zone as it was told before; null where it was not.</param>
/// <param name="MaxMemory">Bytes; null where the user's valkeyConfig decides.</param>
public sealed record MemberSettings(
    Version Version,
    string Hostname,
    string Ip,
    int ClientPort,
    int BusPort,
    string DataFolder,
    string? AuthFile,
    string? Zone,
    long? MaxMemory
);
