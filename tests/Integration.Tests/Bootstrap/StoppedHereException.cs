namespace Slotwright.Integration.Tests.Bootstrap;

/// <summary>A test stops the plan here.</summary>
internal sealed class StoppedHereException : Exception;
