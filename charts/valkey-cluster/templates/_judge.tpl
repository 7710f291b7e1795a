{{/* What is legal but not wise, a line each. */}}
{{- define "valkey-cluster.judgements" -}}
{{- $v := .Values -}}
{{- $said := list -}}
{{- $primaries := include "valkey-cluster.primaries" . | int -}}
{{- $replicas := int $v.replicasPerPrimary -}}
{{- $ns := .Release.Namespace -}}

{{- /* zones */ -}}
{{- $zone := "topology.kubernetes.io/zone" -}}
{{- $hard := false -}}
{{- $soft := false -}}
{{- range $v.topologySpreadConstraints -}}
{{- if eq .topologyKey $zone -}}
{{- if eq .whenUnsatisfiable "DoNotSchedule" }}{{ $hard = true }}{{ else }}{{ $soft = true }}{{ end -}}
{{- end -}}
{{- end -}}
{{- with get ($v.nodeSelector | default dict) $zone -}}
{{- $said = append $said (printf "Single zone: nodeSelector keeps all members in %s. Its loss is the loss of the cluster." .) -}}
{{- else -}}
{{- if and (not $hard) (not $soft) -}}
{{- $said = append $said "Nothing spreads members over zones (no topologySpreadConstraints for topology.kubernetes.io/zone): they may all run in a single one." -}}
{{- else if not $hard -}}
{{- $said = append $said "Members are spread over zones only where that is easy (ScheduleAnyway): look with 'slotwright verify' where they are." -}}
{{- end -}}
{{- end -}}
{{- $most := div (add $primaries 2) 3 | int -}}
{{- if le (mul 2 (sub $primaries $most)) $primaries -}}
{{- $said = append $said (printf "Too few members for three zones: of %d primaries %d are in one zone, and without them there is no majority. 3, 5 or more primaries have one." $primaries $most) -}}
{{- end -}}
{{- if eq $replicas 0 -}}
{{- $said = append $said "replicasPerPrimary 0: while a member is away its slots are, and a restart has nobody to hand over to." -}}
{{- end -}}

{{- /* memory */ -}}
{{- $requests := ($v.resources | default dict).requests | default dict -}}
{{- $limits := ($v.resources | default dict).limits | default dict -}}
{{- $limit := include "valkey-cluster.bytes" ($limits.memory | default "0") | int64 -}}
{{- $request := include "valkey-cluster.bytes" ($requests.memory | default "0") | int64 -}}
{{- if not $limits.memory -}}
{{- $said = append $said "resources.limits.memory is not set: members can take the memory of the node from each other." -}}
{{- else if and $request (lt $request $limit) -}}
{{- $said = append $said (printf "resources.requests.memory %v is below resources.limits.memory %v: a node may promise more than it has, and kill a member that saves. Set both to the same." $requests.memory $limits.memory) -}}
{{- end -}}
{{- $max := include "valkey-cluster.maxmemory" . -}}
{{- if $v.maxmemoryPercent -}}
{{- if $max -}}
{{- $said = append $said (printf "maxmemoryPercent %d wins over maxmemory %s in valkeyConfig." (int $v.maxmemoryPercent) $max) -}}
{{- end -}}
{{- if gt (int $v.maxmemoryPercent) 80 -}}
{{- $said = append $said (printf "maxmemoryPercent %d leaves less than a fifth of the limit for copies while saving, buffers and fragmentation." (int $v.maxmemoryPercent)) -}}
{{- end -}}
{{- else if $max -}}
{{- $bytes := include "valkey-cluster.valkeyBytes" $max | int64 -}}
{{- if and $limit (ge $bytes $limit) -}}
{{- $said = append $said (printf "maxmemory %s is not below resources.limits.memory %v: a member is killed before it is full." $max $limits.memory) -}}
{{- else if and $limit (gt (mul $bytes 5) (mul $limit 4)) -}}
{{- $said = append $said (printf "maxmemory %s leaves less than a fifth of resources.limits.memory %v for copies while saving, buffers and fragmentation." $max $limits.memory) -}}
{{- end -}}
{{- else -}}
{{- $said = append $said "There is no maxmemory, neither in valkeyConfig nor by maxmemoryPercent: a member grows until it is killed." -}}
{{- end -}}

{{- /* data */ -}}
{{- if not $v.persistence.enabled -}}
{{- $said = append $said "No persistence: a restarted member comes back empty, and copies all data again." -}}
{{- end -}}
{{- if or (eq $v.persistentVolumeClaimRetentionPolicy.whenDeleted "Delete") (eq $v.persistentVolumeClaimRetentionPolicy.whenScaled "Delete") -}}
{{- $said = append $said "persistentVolumeClaimRetentionPolicy deletes volumes: data goes with the StatefulSet or with the members." -}}
{{- end -}}

{{- if eq $v.fence.whenUnknown "start" -}}
{{- $said = append $said (printf "fence.whenUnknown is start: a primary that comes back empty, or with old data, waits %d s for its replicas, then starts with what it has, and a replica that comes later loses what it has more. Right for pure caches only." (int $v.fence.timeout)) -}}
{{- end -}}

{{- /* security */ -}}
{{- if $v.kernelTuning.enabled -}}
{{- $said = append $said (printf "kernelTuning needs a privileged namespace: kubectl label namespace %s pod-security.kubernetes.io/enforce=privileged, or set kernelTuning.enabled to false (profiles/values-restricted.yaml)." $ns) -}}
{{- end -}}
{{- if not $v.auth.enabled -}}
{{- $said = append $said "auth.enabled is false: whoever reaches the client port may do everything." -}}
{{- end -}}
{{- if not (or $v.networkPolicy.enabled $v.networkPolicy.bus) -}}
{{- $said = append $said "The cluster bus has no password: networkPolicy.bus=true lets only members reach it." -}}
{{- end -}}
{{- if and $v.networkPolicy.allowedFrom (not $v.networkPolicy.enabled) -}}
{{- $said = append $said "networkPolicy.allowedFrom is set, but networkPolicy.enabled is false: everybody may connect." -}}
{{- end -}}

{{- /* operation */ -}}
{{- if not $v.pdb.enabled -}}
{{- $said = append $said "pdb.enabled is false: a drain may take a shard's members all at once." -}}
{{- else if and (not (kindIs "string" $v.pdb.maxUnavailable)) (eq (int $v.pdb.maxUnavailable) 0) -}}
{{- $said = append $said "pdb.maxUnavailable 0: no node with a member can be drained." -}}
{{- else if or (kindIs "string" $v.pdb.maxUnavailable) (gt (int $v.pdb.maxUnavailable) 1) -}}
{{- $said = append $said (printf "pdb.maxUnavailable %v with replicasPerPrimary %d: a drain may take a primary and its replica at once." $v.pdb.maxUnavailable $replicas) -}}
{{- end -}}
{{- if ge (int $v.ports.bus) 32768 -}}
{{- $said = append $said (printf "ports.bus %d lies in the range of outgoing connections: one of them may hold it when a member starts." (int $v.ports.bus)) -}}
{{- end -}}
{{- if and $v.agent.enabled (not (include "valkey-cluster.hasAgent" .)) -}}
{{- $said = append $said (printf "Kubernetes %s has no native sidecars (1.29 has): members have no agent, so that a member that lost its volume stays outside." .Capabilities.KubeVersion.Version) -}}
{{- else if and (not $v.agent.enabled) (not $v.persistence.enabled) -}}
{{- $said = append $said "agent.enabled is false and there are no volumes: a restarted member stays outside the cluster." -}}
{{- end -}}
{{- if include "valkey-cluster.hasAgent" . -}}
{{- if $v.agent.unreachableFailover -}}
{{- $said = append $said "agent.unreachableFailover is true: an agent that freezes at the moment when its member is cut off may leave two primaries that take writes for a while." -}}
{{- end -}}
{{- if $v.agent.preferAvailability -}}
{{- $said = append $said (printf "agent.preferAvailability is true: a failover may lose what WAIT %d has confirmed." (int $v.agent.waitReplicas)) -}}
{{- end -}}
{{- if and (gt $replicas 0) (gt (int $v.agent.waitReplicas) $replicas) -}}
{{- $said = append $said (printf "agent.waitReplicas %d with replicasPerPrimary %d: no WAIT is confirmed by so many." (int $v.agent.waitReplicas) $replicas) -}}
{{- end -}}
{{- end -}}
{{- if and $v.metrics.enabled $v.metrics.serviceMonitor.enabled (not (include "valkey-cluster.hasServiceMonitor" .)) -}}
{{- $said = append $said "This cluster doesn't know ServiceMonitors (monitoring.coreos.com/v1): none was made." -}}
{{- end -}}
{{- with $v.topology.kubectlImage -}}
{{- $said = append $said (printf "topology.kubectlImage %s means nothing any more: no image with kubectl is used." .) -}}
{{- end -}}
{{- range $said }}
- {{ . }}
{{- end -}}
{{- end -}}
