{{/* "true" where a ServiceMonitor is made. Only a connected Helm (or Argo CD, which names what its cluster knows) has
     kinds in its list of API versions; without a cluster it is not known what is there, and the object is made. */}}
{{- define "valkey-cluster.hasServiceMonitor" -}}
{{- $known := .Capabilities.APIVersions -}}
{{- $connected := $known.Has "apps/v1/StatefulSet" -}}
{{- $there := or ($known.Has "monitoring.coreos.com/v1/ServiceMonitor") ($known.Has "monitoring.coreos.com/v1") -}}
{{- if and .Values.metrics.enabled .Values.metrics.serviceMonitor.enabled (or $there (not $connected)) }}true{{ end -}}
{{- end -}}
