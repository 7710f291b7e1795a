{{/* What pod init puts between the base settings and what has to hold. */}}
{{- define "valkey-cluster.config" -}}
loglevel {{ .Values.valkeyLogLevel }}
{{ .Values.valkeyConfig | default "" }}
{{- end -}}
