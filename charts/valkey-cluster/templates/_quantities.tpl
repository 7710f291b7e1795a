{{/* Bytes of a Kubernetes quantity; 0 for what is none. */}}
{{- define "valkey-cluster.bytes" -}}
{{- $text := kindIs "float64" . | ternary (printf "%.0f" (float64 (kindIs "float64" . | ternary . 0))) (toString .) -}}
{{- $number := regexFind "^[0-9]+([.][0-9]+)?" $text -}}
{{- $units := dict "" 1 "k" 1000 "M" 1000000 "G" 1000000000 "T" 1000000000000 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 -}}
{{- $unit := trimPrefix $number $text -}}
{{- if and $number (hasKey $units $unit) }}{{ mulf (float64 $number) (get $units $unit) | int64 }}{{ else }}0{{ end -}}
{{- end -}}

{{/* The last maxmemory of valkeyConfig as it is written there, or nothing. */}}
{{- define "valkey-cluster.maxmemory" -}}
{{- with regexFindAll "(?im)^[ \\t]*maxmemory[ \\t]+[0-9]+[a-z]*[ \\t\\r]*$" (.Values.valkeyConfig | default "") -1 -}}
{{- regexFind "[0-9]+[a-zA-Z]*$" (last . | trim) -}}
{{- end -}}
{{- end -}}

{{/* Bytes of a size as Valkey writes it. */}}
{{- define "valkey-cluster.valkeyBytes" -}}
{{- $text := lower . -}}
{{- $number := regexFind "^[0-9]+" $text -}}
{{- $units := dict "" 1 "b" 1 "k" 1000 "m" 1000000 "g" 1000000000 "kb" 1024 "mb" 1048576 "gb" 1073741824 -}}
{{- $unit := trimPrefix $number $text -}}
{{- if and $number (hasKey $units $unit) }}{{ mul (int64 $number) (get $units $unit) }}{{ else }}0{{ end -}}
{{- end -}}
