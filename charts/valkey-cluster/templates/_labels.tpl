{{/* Labels and the metadata of every object. */}}

{{/* What selects the members, and nobody else: pods of Jobs have another name. */}}
{{- define "valkey-cluster.selectorLabels" -}}
app.kubernetes.io/name: valkey-cluster
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "valkey-cluster.labels" -}}
{{- $own := dict
  "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-")
  "app.kubernetes.io/managed-by" .Release.Service
  "app.kubernetes.io/part-of" "valkey-on-eks"
  "app.kubernetes.io/version" .Chart.AppVersion -}}
{{- $selector := include "valkey-cluster.selectorLabels" . | fromYaml -}}
{{- mergeOverwrite $own $selector (deepCopy (.Values.commonLabels | default dict)) | toYaml -}}
{{- end -}}

{{/* Labels of pods that are no members. Takes ctx and component. */}}
{{- define "valkey-cluster.helperLabels" -}}
{{- $own := dict
  "app.kubernetes.io/name" (printf "valkey-cluster-%s" .component)
  "app.kubernetes.io/instance" .ctx.Release.Name
  "app.kubernetes.io/component" .component -}}
{{- mergeOverwrite (deepCopy (.ctx.Values.commonLabels | default dict)) $own | toYaml -}}
{{- end -}}

{{/* Takes ctx, name; and if wanted namespace ("" for objects of the whole cluster), labels, annotations. */}}
{{- define "valkey-cluster.metadata" -}}
{{- $namespace := hasKey . "namespace" | ternary .namespace .ctx.Release.Namespace -}}
{{- $annotations := mergeOverwrite (deepCopy (.ctx.Values.commonAnnotations | default dict)) (.annotations | default dict) -}}
name: {{ .name | quote }}
{{- with $namespace }}
namespace: {{ . | quote }}
{{- end }}
labels:
  {{- mergeOverwrite (include "valkey-cluster.labels" .ctx | fromYaml) (deepCopy (.labels | default dict)) | toYaml | nindent 2 }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Annotations that make an object a hook, unless nothing is to be one. Takes ctx, events, weight. Leftovers of failed
     hooks are replaced, so that it does not matter who owns them. */}}
{{- define "valkey-cluster.hook" -}}
{{- if eq .ctx.Values.bootstrap.mode "hook" -}}
helm.sh/hook: {{ .events }}
helm.sh/hook-weight: {{ .weight | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- else -}}
{}
{{- end -}}
{{- end -}}

{{- define "valkey-cluster.bootstrapHook" -}}
{{- include "valkey-cluster.hook" (dict "ctx" .ctx "events" "post-install,post-upgrade,post-rollback" "weight" .weight) -}}
{{- end -}}

{{/* Before a change of what runs. Argo CD has no word for it but PreSync, so that it comes before the first sync too. */}}
{{- define "valkey-cluster.checkHook" -}}
{{- include "valkey-cluster.hook" (dict "ctx" .ctx "events" "pre-upgrade,pre-rollback" "weight" .weight) -}}
{{- end -}}

{{- define "valkey-cluster.secretHook" -}}
{{- include "valkey-cluster.hook" (dict "ctx" .ctx "events" "pre-install,pre-upgrade" "weight" .weight) -}}
{{- end -}}
