namespace Slotwright.Bench.Probe;

/// <summary>
/// Probes as charts without a program of their own have them: a shell, valkey-cli and awk. One awk a call, which is
/// less than such scripts take as a rule.
/// </summary>
internal static class ShellProbes
{
    public const string Liveness = """test "$(valkey-cli -h "$HOST" -p "$PORT" ping)" = PONG""";

    public const string Readiness = """
        set -eu
        ask() { valkey-cli -h "$HOST" -p "$PORT" "$@" | tr -d '\r'; }
        test "$(ask ping)" = PONG
        ask cluster info | awk -F: '$1 == "cluster_state" && $2 == "ok" { s = 1 } $1 == "cluster_slots_assigned" && $2 == 16384 { a = 1 } END { exit !(s && a) }'
        ask info replication | awk -F: '$1 == "role" { r = $2 } $1 == "master_link_status" { l = $2 } END { exit !(r == "master" || l == "up") }'
        ask info persistence | awk -F: '$1 == "loading" { l = $2 } END { exit l }'
        """;
}
