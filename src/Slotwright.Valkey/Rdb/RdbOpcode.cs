namespace Slotwright.Valkey.Rdb;

/// <summary>What follows in an RDB file; all other numbers are the types of values.</summary>
internal enum RdbOpcode
{
    SlotImport = 243,
    SlotInfo = 244,
    Function = 245,
    ModuleAux = 247,
    Idle = 248,
    Frequency = 249,
    Aux = 250,
    ResizeDb = 251,
    ExpireMilliseconds = 252,
    ExpireSeconds = 253,
    SelectDb = 254,
    End = 255,
}
