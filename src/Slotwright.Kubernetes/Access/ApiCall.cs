namespace Slotwright.Kubernetes.Access;

/// <summary>What is asked of the API server, as RBAC names it.</summary>
/// <param name="Verb"><c>get</c>, <c>list</c> or <c>create</c>.</param>
/// <param name="Resource"><c>pods</c>, <c>statefulsets.apps</c>, <c>pods/portforward</c>.</param>
/// <param name="Namespace">Null for what belongs to the whole cluster.</param>
/// <param name="Name">The one object; null for all.</param>
internal readonly record struct ApiCall(string Verb, string Resource, string? Namespace, string? Name = null)
{
    /// <summary>In words: <c>list pods in namespace prod</c>.</summary>
    public override string ToString() =>
        $"{Verb} {Resource}{(Name is null ? "" : $" {Name}")}{(Namespace is null ? "" : $" in namespace {Namespace}")}";
}
