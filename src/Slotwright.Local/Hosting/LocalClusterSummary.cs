namespace Slotwright.Local.Hosting;

/// <summary>A local cluster as a list shows it.</summary>
/// <param name="Running">Members whose server runs and is not paused.</param>
/// <param name="Paused">Members whose server is paused.</param>
/// <param name="Addresses"><c>127.0.0.1:7400-7405</c> or <c>127.7.1.0/24:6379</c>; empty where Problem is set.</param>
/// <param name="Version">Of the server; empty where Problem is set.</param>
/// <param name="Server">Path of the server's program; empty where Problem is set.</param>
/// <param name="Problem">Why nothing more is known of it; null where all is.</param>
public sealed record LocalClusterSummary(
    string Name,
    int Members,
    int Running,
    int Paused,
    string Addresses,
    string Version,
    string Server,
    string Folder,
    string? Problem
);
