namespace Slotwright.Output;

/// <summary>Standard output can't be written: the message says why, in the system's words.</summary>
internal sealed class OutputFailedException(string why) : Exception(why);
