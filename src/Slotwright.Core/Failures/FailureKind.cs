namespace Slotwright.Core.Failures;

/// <summary>Failures that a program does something about itself, or judges apart.</summary>
public enum FailureKind
{
    Other,

    /// <summary>The server lets nobody in without a password, and none was given.</summary>
    PasswordWanted,

    /// <summary>The server wants another password than the one that it was given.</summary>
    PasswordRefused,

    /// <summary>The server lives, and answers nothing while a script or a function runs.</summary>
    ServerBusy,

    /// <summary>The server reads its data, and says nothing of itself until it has them.</summary>
    ServerLoading,
}
