{{/* The Jobs' specs stand here since with bootstrap.mode plain a hash of them ends the Jobs' names. */}}

{{/* Takes ctx, component and spec. */}}
{{- define "valkey-cluster.jobName" -}}
{{- $full := include "valkey-cluster.fullname" .ctx -}}
{{- if eq .ctx.Values.bootstrap.mode "hook" -}}
{{- printf "%s-%s" $full .component -}}
{{- else -}}
{{- printf "%s-%s-%s" ($full | trunc 43 | trimSuffix "-") .component (.spec | sha256sum | trunc 8) -}}
{{- end -}}
{{- end -}}

{{/* What the bootstrap Job and the test are told. Takes ctx and zones. */}}
{{- define "valkey-cluster.clusterEnv" -}}
{{- $v := .ctx.Values -}}
- name: NAMESPACE
  value: {{ .ctx.Release.Namespace | quote }}
- name: SLOTWRIGHT_RELEASE
  value: {{ .ctx.Release.Name | quote }}
- name: SLOTWRIGHT_STATEFULSET
  value: {{ include "valkey-cluster.fullname" .ctx | quote }}
- name: SLOTWRIGHT_SERVICE
  value: {{ include "valkey-cluster.service" .ctx | quote }}
- name: SLOTWRIGHT_MEMBERS
  value: {{ $v.replicaCount | int | quote }}
- name: SLOTWRIGHT_REPLICAS_PER_PRIMARY
  value: {{ $v.replicasPerPrimary | int | quote }}
- name: SLOTWRIGHT_CLIENT_PORT
  value: {{ $v.ports.client | int | quote }}
- name: SLOTWRIGHT_BUS_PORT
  value: {{ $v.ports.bus | int | quote }}
{{- if $v.auth.enabled }}
- name: SLOTWRIGHT_PASSWORD_FILE
  value: {{ include "valkey-cluster.passwordFile" .ctx | quote }}
{{- end }}
- name: SLOTWRIGHT_ZONES
  value: {{ .zones }}
- name: SLOTWRIGHT_WAIT
  value: {{ $v.bootstrap.waitTimeoutSeconds | int | quote }}
{{- end -}}

{{/* Mounts and volumes of a pod that talks to the members. */}}
{{- define "valkey-cluster.clientMounts" -}}
{{- if .Values.auth.enabled -}}
- name: auth
  mountPath: /etc/slotwright/auth
  readOnly: true
{{ end -}}
- name: tmp
  mountPath: /tmp
{{- end -}}

{{- define "valkey-cluster.clientVolumes" -}}
{{- if .Values.auth.enabled -}}
{{ include "valkey-cluster.authVolume" . }}
{{ end -}}
- name: tmp
  emptyDir: {}
{{- end -}}

{{- define "valkey-cluster.bootstrapSpec" -}}
backoffLimit: 3
template:
  metadata:
    labels:
      {{- include "valkey-cluster.helperLabels" (dict "ctx" . "component" "bootstrap") | nindent 6 }}
  spec:
    serviceAccountName: {{ include "valkey-cluster.bootstrapAccount" . | quote }}
    automountServiceAccountToken: {{ eq (include "valkey-cluster.readsNodes" .) "true" }}
    {{- /* With OnFailure the pod of a Job that gave up is deleted, and with it what it said. */}}
    restartPolicy: Never
    securityContext:
      {{- include "valkey-cluster.podSecurityContext" . | nindent 6 }}
    {{- include "valkey-cluster.podSettings" . | trim | nindent 4 }}
    containers:
      - name: bootstrap
        {{- include "valkey-cluster.slotwrightContainer" (dict "ctx" . "command" (list "/slotwright" "pod" "bootstrap")) | nindent 8 }}
        terminationMessagePolicy: FallbackToLogsOnError
        {{- with .Values.securityContext }}
        securityContext:
          {{- toYaml . | nindent 10 }}
        {{- end }}
        env:
          {{- include "valkey-cluster.clusterEnv" (dict "ctx" . "zones" (include "valkey-cluster.readsNodes" . | empty | ternary "servers" "nodes")) | nindent 10 }}
        volumeMounts:
          {{- include "valkey-cluster.clientMounts" . | nindent 10 }}
          {{- /* It changes settings while the cluster forms, and puts back what stands here. */}}
          - name: chart-config
            mountPath: /chart-config
            readOnly: true
    volumes:
      {{- include "valkey-cluster.clientVolumes" . | nindent 6 }}
      - name: chart-config
        configMap:
          name: {{ include "valkey-cluster.settingsName" . | quote }}
          defaultMode: 292 # 0444
{{- end -}}

{{/* Without the right to read nodes the Job needs no account of its own. */}}
{{- define "valkey-cluster.bootstrapAccount" -}}
{{- if include "valkey-cluster.readsNodes" . -}}
{{- include "valkey-cluster.jobObject" (dict "ctx" . "component" "bootstrap") -}}
{{- else -}}
{{- include "valkey-cluster.serviceAccountName" . -}}
{{- end -}}
{{- end -}}

{{/* A refusal is not tried again. What it needs may not be there before a first sync: an account of its own, and a
     Secret that is optional. */}}
{{- define "valkey-cluster.checkSpec" -}}
backoffLimit: 0
template:
  metadata:
    labels:
      {{- include "valkey-cluster.helperLabels" (dict "ctx" . "component" "check") | nindent 6 }}
  spec:
    serviceAccountName: {{ include "valkey-cluster.jobObject" (dict "ctx" . "component" "check") | quote }}
    automountServiceAccountToken: false
    restartPolicy: Never
    securityContext:
      {{- include "valkey-cluster.podSecurityContext" . | nindent 6 }}
    {{- include "valkey-cluster.podSettings" . | trim | nindent 4 }}
    containers:
      - name: check
        {{- include "valkey-cluster.slotwrightContainer" (dict "ctx" . "command" (list "/slotwright" "pod" "check")) | nindent 8 }}
        terminationMessagePolicy: FallbackToLogsOnError
        {{- with .Values.securityContext }}
        securityContext:
          {{- toYaml . | nindent 10 }}
        {{- end }}
        env:
          {{- include "valkey-cluster.clusterEnv" (dict "ctx" . "zones" "servers") | nindent 10 }}
          - name: SLOTWRIGHT_IMAGE_TAG
            value: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
          - name: SLOTWRIGHT_IMAGE_TAG_SET
            value: {{ .Values.image.tag | empty | not | quote }}
          - name: SLOTWRIGHT_PERSISTENCE
            value: {{ .Values.persistence.enabled | quote }}
        volumeMounts:
          {{- include "valkey-cluster.clientMounts" . | nindent 10 }}
    volumes:
      {{- if .Values.auth.enabled }}
      {{- $volume := include "valkey-cluster.authVolume" . | fromYamlArray | first }}
      {{- list (mergeOverwrite $volume (dict "secret" (merge $volume.secret (dict "optional" true)))) | toYaml | nindent 6 }}
      {{- end }}
      - name: tmp
        emptyDir: {}
{{- end -}}

{{- define "valkey-cluster.secretSpec" -}}
backoffLimit: 3
template:
  metadata:
    labels:
      {{- include "valkey-cluster.helperLabels" (dict "ctx" . "component" "secret") | nindent 6 }}
  spec:
    serviceAccountName: {{ include "valkey-cluster.jobObject" (dict "ctx" . "component" "secret") | quote }}
    automountServiceAccountToken: true
    {{- /* With OnFailure the pod of a Job that gave up is deleted, and with it what it said. */}}
    restartPolicy: Never
    securityContext:
      {{- include "valkey-cluster.podSecurityContext" . | nindent 6 }}
    {{- include "valkey-cluster.podSettings" . | trim | nindent 4 }}
    containers:
      - name: secret
        {{- include "valkey-cluster.slotwrightContainer" (dict "ctx" . "command" (list "/slotwright" "pod" "secret")) | nindent 8 }}
        terminationMessagePolicy: FallbackToLogsOnError
        {{- with .Values.securityContext }}
        securityContext:
          {{- toYaml . | nindent 10 }}
        {{- end }}
        env:
          - name: NAMESPACE
            value: {{ .Release.Namespace | quote }}
          - name: SLOTWRIGHT_SECRET
            value: {{ include "valkey-cluster.secretName" . | quote }}
          - name: SLOTWRIGHT_SECRET_KEY
            value: {{ .Values.auth.existingSecretPasswordKey | quote }}
          - name: SLOTWRIGHT_SECRET_LABELS
            value: {{ include "valkey-cluster.secretLabels" . | fromYaml | toJson | quote }}
        volumeMounts:
          - name: tmp
            mountPath: /tmp
    volumes:
      - name: tmp
        emptyDir: {}
{{- end -}}

{{/* The Secret is nobody's to change later: no version stands in its labels. */}}
{{- define "valkey-cluster.secretLabels" -}}
{{- mergeOverwrite (deepCopy (.Values.commonLabels | default dict)) (include "valkey-cluster.selectorLabels" . | fromYaml) (dict "app.kubernetes.io/part-of" "valkey-on-eks") | toYaml -}}
{{- end -}}
