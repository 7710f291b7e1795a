{{/* "true" where members have an agent: native sidecars are there from Kubernetes 1.29 on. */}}
{{- define "valkey-cluster.hasAgent" -}}
{{- if and .Values.agent.enabled (semverCompare ">=1.29.0-0" .Capabilities.KubeVersion.Version) }}true{{ end -}}
{{- end -}}

{{/* A native sidecar: started before the server, which does not wait for it, and ended after it. It has no probe, so that
     neither the pod's start nor its readiness hangs on it. */}}
{{- define "valkey-cluster.agent" -}}
name: agent
{{ include "valkey-cluster.slotwrightContainer" (dict "ctx" . "command" (list "/slotwright" "pod" "agent") "resources" .Values.agent.resources) }}
restartPolicy: Always
{{- with .Values.securityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
env:
  {{- include "valkey-cluster.identityEnv" . | nindent 2 }}
  - name: SLOTWRIGHT_AGENT_PORT
    value: {{ .Values.agent.port | int | quote }}
  - name: SLOTWRIGHT_AGENT_FAILOVER
    value: {{ .Values.agent.failover | quote }}
  - name: SLOTWRIGHT_AGENT_UNREACHABLE_FAILOVER
    value: {{ .Values.agent.unreachableFailover | quote }}
  - name: SLOTWRIGHT_AGENT_WAIT_REPLICAS
    value: {{ .Values.agent.waitReplicas | int | quote }}
  - name: SLOTWRIGHT_AGENT_PREFER_AVAILABILITY
    value: {{ .Values.agent.preferAvailability | quote }}
ports:
  - name: http-agent
    containerPort: {{ .Values.agent.port | int }}
    protocol: TCP
volumeMounts:
  - name: data
    mountPath: /data
  {{- if .Values.auth.enabled }}
  - name: auth
    mountPath: /etc/slotwright/auth
    readOnly: true
  {{- end }}
  - name: run
    mountPath: /run/slotwright
{{- end -}}
