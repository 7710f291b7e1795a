namespace Slotwright.Output;

/// <summary>How a document is printed.</summary>
internal enum Format
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For programs; its shape is documented and stable.</summary>
    Json,
}
