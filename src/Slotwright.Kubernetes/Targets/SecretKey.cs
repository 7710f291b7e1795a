namespace Slotwright.Kubernetes.Targets;

/// <summary>Where the password is kept.</summary>
internal readonly record struct SecretKey(string Secret, string Key);
