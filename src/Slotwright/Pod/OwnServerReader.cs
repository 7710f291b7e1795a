using Slotwright.Core.Pods;
using Slotwright.Valkey.Resp;

namespace Slotwright.Pod;

/// <summary>The few fields of a server's INFO and CLUSTER INFO that readiness is judged by.</summary>
internal static class OwnServerReader
{
    public static OwnServer Read(RespValue info, RespValue cluster)
    {
        var server = new FieldBytes(info);
        var view = new FieldBytes(cluster);
        return new OwnServer(
            server.Text("run_id"u8),
            server.Is("role"u8, "master"u8),
            server.Is("master_link_status"u8, "up"u8),
            server.Is("master_sync_in_progress"u8, "1"u8),
            server.Is("loading"u8, "1"u8),
            view.Is("cluster_state"u8, "ok"u8),
            view.Number("cluster_slots_assigned"u8),
            view.Number("cluster_slots_fail"u8) + view.Number("cluster_slots_pfail"u8),
            view.Number("cluster_known_nodes"u8)
        );
    }
}
