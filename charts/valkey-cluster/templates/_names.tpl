{{/* Names. Those that the guide's chart has are made in the same way; dots of a release's name, which no Service may
     have, become dashes. */}}

{{- define "valkey-cluster.fullname" -}}
{{- $name := .Values.nameOverride | default .Chart.Name -}}
{{- $full := .Values.fullnameOverride -}}
{{- if not $full -}}
{{- $full = contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- end -}}
{{- $full | replace "." "-" | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "valkey-cluster.headlessName" -}}
{{- printf "%s-headless" (include "valkey-cluster.fullname" .) | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* Not -config, as in the guide's chart: whose pods read it while they are replaced, and it is changed even where the
     upgrade then fails. */}}
{{- define "valkey-cluster.settingsName" -}}
{{- printf "%s-settings" (include "valkey-cluster.fullname" .) -}}
{{- end -}}

{{- define "valkey-cluster.service" -}}
{{- printf "%s.%s.svc.%s" (include "valkey-cluster.headlessName" .) .Release.Namespace .Values.clusterDomain -}}
{{- end -}}

{{- define "valkey-cluster.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (.Values.serviceAccount.create | ternary (include "valkey-cluster.fullname" .) "default") -}}
{{- end -}}

{{- define "valkey-cluster.secretName" -}}
{{- .Values.auth.existingSecret | default .Values.auth.generatedSecretName | default (printf "%s-auth" (include "valkey-cluster.fullname" .)) -}}
{{- end -}}

{{/* "true" where a Job has to make the Secret. */}}
{{- define "valkey-cluster.makesSecret" -}}
{{- if and .Values.auth.enabled (not .Values.auth.existingSecret) }}true{{ end -}}
{{- end -}}

{{/* "true" where the bootstrap Job asks Kubernetes for zones. */}}
{{- define "valkey-cluster.readsNodes" -}}
{{- if .Values.topology.azAwareBootstrap }}true{{ end -}}
{{- end -}}

{{/* Names of what a Job needs. Hooks have the guide's, and replace what lies there whoever owns it; what is no hook has
     others, since helm refuses to take over what a failed hook has left behind. Takes ctx and component. */}}
{{- define "valkey-cluster.jobObject" -}}
{{- $name := printf "%s-%s" (include "valkey-cluster.fullname" .ctx) .component -}}
{{- eq .ctx.Values.bootstrap.mode "hook" | ternary $name (printf "%s-plain" $name) -}}
{{- end -}}

{{- define "valkey-cluster.passwordFile" -}}
/etc/slotwright/auth/{{ .Values.auth.existingSecretPasswordKey }}
{{- end -}}

{{/* Primaries, as a number. */}}
{{- define "valkey-cluster.primaries" -}}
{{- div (int .Values.replicaCount) (add1 (int .Values.replicasPerPrimary)) -}}
{{- end -}}
