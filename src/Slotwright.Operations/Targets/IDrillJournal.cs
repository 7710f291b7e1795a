namespace Slotwright.Operations.Targets;

/// <summary>Where a host keeps what a drill has hurt, until it is disposed of.</summary>
public interface IDrillJournal : IAsyncDisposable
{
    /// <summary>What the drill before left hurt; null where nothing is.</summary>
    Hurt? Read();

    /// <summary>Ends when it would outlive a crash. Written before anything is hurt.</summary>
    void Write(Hurt hurt);

    /// <summary>All is brought back.</summary>
    void Clear();
}
