{{/* What selects the members where a scheduling term of the values has no selector. */}}
{{- define "valkey-cluster.withSelector" -}}
{{- $selector := dict "matchLabels" (include "valkey-cluster.selectorLabels" .ctx | fromYaml) -}}
{{- merge (deepCopy .term) (hasKey .term "labelSelector" | ternary dict (dict "labelSelector" $selector)) | toYaml -}}
{{- end -}}

{{- define "valkey-cluster.spread" -}}
{{- range .Values.topologySpreadConstraints }}
- {{ include "valkey-cluster.withSelector" (dict "ctx" $ "term" .) | nindent 2 | trim }}
{{- end }}
{{- end -}}

{{/* All of affinity, and what tuning.* adds to it. */}}
{{- define "valkey-cluster.affinity" -}}
{{- $required := "requiredDuringSchedulingIgnoredDuringExecution" -}}
{{- $preferred := "preferredDuringSchedulingIgnoredDuringExecution" -}}
{{- $affinity := deepCopy (.Values.affinity | default dict) -}}
{{- range $kind := list "podAffinity" "podAntiAffinity" -}}
{{- $of := get $affinity $kind | default dict -}}
{{- if hasKey $of $required -}}
{{- $terms := list -}}
{{- range get $of $required | default list -}}
{{- $terms = append $terms (include "valkey-cluster.withSelector" (dict "ctx" $ "term" .) | fromYaml) -}}
{{- end -}}
{{- $_ := set $of $required $terms -}}
{{- end -}}
{{- range get $of $preferred | default list -}}
{{- if .podAffinityTerm -}}
{{- $_ := set . "podAffinityTerm" (include "valkey-cluster.withSelector" (dict "ctx" $ "term" .podAffinityTerm) | fromYaml) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if .Values.tuning.networkOptimized -}}
{{- $families := dict "key" "karpenter.k8s.aws/instance-family" "operator" "In" "values" (list "r7gn" "r8gn" "m7gn") -}}
{{- $node := get $affinity "nodeAffinity" | default dict -}}
{{- $terms := list -}}
{{- range (get $node $required | default dict).nodeSelectorTerms | default (list dict) -}}
{{- $terms = append $terms (set . "matchExpressions" (append (.matchExpressions | default list) $families)) -}}
{{- end -}}
{{- $_ := set $node $required (dict "nodeSelectorTerms" $terms) -}}
{{- $_ := set $affinity "nodeAffinity" $node -}}
{{- end -}}
{{- if .Values.tuning.strictHostAntiAffinity -}}
{{- $anti := get $affinity "podAntiAffinity" | default dict -}}
{{- $anyMember := dict "matchLabels" (dict "app.kubernetes.io/name" "valkey-cluster") -}}
{{- $term := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" $anyMember -}}
{{- $_ := set $anti $required (append (get $anti $required | default list) $term) -}}
{{- $_ := set $affinity "podAntiAffinity" $anti -}}
{{- end -}}
{{- with $affinity }}{{ toYaml . }}{{ end -}}
{{- end -}}
