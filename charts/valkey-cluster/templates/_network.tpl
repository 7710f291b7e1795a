{{- define "valkey-cluster.dnsEgress" -}}
# DNS, also through the cache that runs on the node.
- to:
    - namespaceSelector: {}
      podSelector:
        matchLabels:
          k8s-app: kube-dns
    - ipBlock:
        cidr: 169.254.20.10/32
  ports:
    - protocol: UDP
      port: 53
    - protocol: TCP
      port: 53
{{- end -}}

{{/* The API server has no pod that could be selected; the ports are those of EKS and of others. */}}
{{- define "valkey-cluster.apiEgress" -}}
- ports:
    - protocol: TCP
      port: 443
    - protocol: TCP
      port: 6443
{{- end -}}

{{- define "valkey-cluster.membersEgress" -}}
- to:
    - podSelector:
        matchLabels:
          {{- include "valkey-cluster.selectorLabels" . | nindent 10 }}
  ports:
    - protocol: TCP
      port: {{ .Values.ports.client | int }}
{{- end -}}
