using Slotwright.Valkey.Resp;

namespace Slotwright.Pod;

/// <summary>What an error reply says about the state that a server is in.</summary>
internal static class ServerAnswer
{
    public static string Explain(RespValue.Error error) =>
        error.Code switch
        {
            "LOADING" => "it is loading its data",
            "BUSY" => "a script keeps it busy",
            "NOAUTH" or "WRONGPASS" => "it wants another password than the Secret's",
            _ => $"it answers: {error.Text}",
        };
}
