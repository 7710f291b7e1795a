{{/* What pods of members and Jobs have in common. */}}

{{- define "valkey-cluster.podSettings" -}}
{{- with include "valkey-cluster.pullSecrets" . | trim }}
imagePullSecrets:
  {{- . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with .Values.dnsConfig }}
dnsConfig:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* The volume of the password. Only its key is in it. 288 is 0440. */}}
{{- define "valkey-cluster.authVolume" -}}
- name: auth
  secret:
    secretName: {{ include "valkey-cluster.secretName" . | quote }}
    defaultMode: 288
    items:
      - key: {{ .Values.auth.existingSecretPasswordKey | quote }}
        path: {{ .Values.auth.existingSecretPasswordKey | quote }}
{{- end -}}

{{/* A container of Slotwright's image, without its name. Takes ctx, command and, where it has its own, resources. */}}
{{- define "valkey-cluster.slotwrightContainer" -}}
image: {{ include "valkey-cluster.slotwrightImage" .ctx | quote }}
imagePullPolicy: {{ .ctx.Values.slotwright.image.pullPolicy }}
command: {{ .command | toJson }}
{{- with hasKey . "resources" | ternary .resources .ctx.Values.slotwright.resources }}
resources:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Who a member is, and where its server is found. */}}
{{- define "valkey-cluster.identityEnv" -}}
- name: NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
- name: HOSTNAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: POD_IP
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
- name: POD_FQDN
  value: {{ printf "$(HOSTNAME).%s.$(NAMESPACE).svc.%s" (include "valkey-cluster.headlessName" .) .Values.clusterDomain | quote }}
- name: SLOTWRIGHT_CLIENT_PORT
  value: {{ .Values.ports.client | int | quote }}
- name: SLOTWRIGHT_BUS_PORT
  value: {{ .Values.ports.bus | int | quote }}
{{- if .Values.auth.enabled }}
- name: SLOTWRIGHT_PASSWORD_FILE
  value: {{ include "valkey-cluster.passwordFile" . | quote }}
{{- end }}
{{- end -}}

{{/* The environment of prepare-config and valkey, the same in both. */}}
{{- define "valkey-cluster.memberEnv" -}}
{{ include "valkey-cluster.identityEnv" . }}
- name: SLOTWRIGHT_GRACE_PERIOD
  value: {{ .Values.statefulset.terminationGracePeriodSeconds | int | quote }}
- name: SLOTWRIGHT_FENCE_TIMEOUT
  value: {{ .Values.fence.timeout | int | quote }}
- name: SLOTWRIGHT_FENCE_WHEN_UNKNOWN
  value: {{ .Values.fence.whenUnknown | quote }}
{{- with .Values.maxmemoryPercent }}
- name: SLOTWRIGHT_MAXMEMORY_PERCENT
  value: {{ . | int | quote }}
- name: SLOTWRIGHT_MEMORY_LIMIT
  valueFrom:
    resourceFieldRef:
      containerName: valkey
      resource: limits.memory
      divisor: "1"
{{- end }}
{{- if and .Values.auth.enabled .Values.auth.passwordEnv }}
- name: VALKEY_PASSWORD
  {{- include "valkey-cluster.passwordRef" . | nindent 2 }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "valkey-cluster.passwordRef" -}}
valueFrom:
  secretKeyRef:
    name: {{ include "valkey-cluster.secretName" . | quote }}
    key: {{ .Values.auth.existingSecretPasswordKey | quote }}
{{- end -}}

{{- define "valkey-cluster.memberMounts" -}}
- name: data
  mountPath: /data
- name: slotwright
  mountPath: /opt/slotwright
  readOnly: true
- name: chart-config
  mountPath: /chart-config
  readOnly: true
{{- if .Values.auth.enabled }}
- name: auth
  mountPath: /etc/slotwright/auth
  readOnly: true
{{- end }}
- name: run
  mountPath: /run/slotwright
- name: tmp
  mountPath: /tmp
{{- end -}}

{{/* podSecurityContext, with fsGroupChangePolicy unless it says that itself. */}}
{{- define "valkey-cluster.podSecurityContext" -}}
{{- merge (deepCopy (.Values.podSecurityContext | default dict)) (dict "fsGroupChangePolicy" .Values.fsGroupChangePolicy) | toYaml -}}
{{- end -}}
