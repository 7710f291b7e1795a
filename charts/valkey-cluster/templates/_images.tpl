{{/* Takes ctx, image and tag (what stands for an empty tag). global.imageRegistry wins over the image's registry. */}}
{{- define "valkey-cluster.imageOf" -}}
{{- $global := (.ctx.Values.global | default dict).imageRegistry -}}
{{- with $global | default .image.registry }}{{ trimSuffix "/" . }}/{{ end -}}
{{- .image.repository -}}
{{- if .image.digest }}@{{ .image.digest }}{{ else }}:{{ .image.tag | default .tag }}{{ end -}}
{{- end -}}

{{- define "valkey-cluster.image" -}}
{{- include "valkey-cluster.imageOf" (dict "ctx" . "image" .Values.image "tag" .Chart.AppVersion) -}}
{{- end -}}

{{- define "valkey-cluster.metricsImage" -}}
{{- include "valkey-cluster.imageOf" (dict "ctx" . "image" .Values.metrics.image "tag" "latest") -}}
{{- end -}}

{{- define "valkey-cluster.slotwrightImage" -}}
{{- include "valkey-cluster.imageOf" (dict "ctx" . "image" .Values.slotwright.image "tag" (.Chart.Version | replace "+" "_")) -}}
{{- end -}}

{{/* The pull secrets of the values and of global, each once, as a list of references. */}}
{{- define "valkey-cluster.pullSecrets" -}}
{{- $names := list -}}
{{- range concat (.Values.imagePullSecrets | default list) ((.Values.global | default dict).imagePullSecrets | default list) -}}
{{- $names = append $names (kindIs "map" . | ternary (get (kindIs "map" . | ternary . dict) "name") .) -}}
{{- end -}}
{{- range $names | uniq }}
- name: {{ . | quote }}
{{- end }}
{{- end -}}
