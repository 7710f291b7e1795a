namespace Slotwright.Chart.Tests.Support.Kinds;

public sealed class ServiceMonitorEndpoint
{
    public string Port { get; set; } = "";
    public string Interval { get; set; } = "";
    public string Path { get; set; } = "";
}
