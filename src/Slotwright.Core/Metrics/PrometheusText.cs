using System.Globalization;
using System.Text;

namespace Slotwright.Core.Metrics;

/// <summary>Metrics in Prometheus' text format 0.0.4.</summary>
public static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>A metric without values is left out.</summary>
    public static string Write(IEnumerable<Metric> metrics)
    {
        var text = new StringBuilder();
        foreach (var metric in metrics.Where(m => !m.Samples.IsEmpty))
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {metric.Name} {Escaped(metric.Help)}\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"# TYPE {metric.Name} {(metric.Type == MetricType.Counter ? "counter" : "gauge")}\n"
            );
            foreach (var sample in metric.Samples)
            {
                text.Append(metric.Name);
                AppendLabels(text, sample);
                text.Append(' ').Append(sample.Value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
            }
        }
        return text.ToString();
    }

    private static void AppendLabels(StringBuilder text, MetricSample sample)
    {
        if (sample.Labels.IsEmpty)
        {
            return;
        }
        var labels = sample.Labels.Select(l => $"{l.Name}=\"{Escaped(l.Value).Replace("\"", "\\\"")}\"");
        text.Append('{').AppendJoin(',', labels).Append('}');
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\").Replace("\n", "\\n");
}
