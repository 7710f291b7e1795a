using System.Security.Cryptography;
using System.Text;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>
/// What agents say to each other is sealed by a key that is made of the cluster's password, which itself is never sent.
/// An answer is sealed together with the question's nonce, so that an old one can't be passed off as new; a question or a
/// notice that somebody repeats makes its receiver look once more, and no more.
/// </summary>
internal sealed class AgentSeal(string? password)
{
    private const int NonceBytes = 16;

    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        Encoding.UTF8.GetBytes(password ?? ""),
        outputLength: 32,
        info: "slotwright agents 1"u8.ToArray()
    );

    /// <summary>Has the libraries loaded that sealing needs: who hears of a death has no time for it.</summary>
    public static void Prepare()
    {
        var seal = new AgentSeal(password: null);
        seal.OpenQuestion("", seal.SealQuestion("", NewNonce(), ""));
    }

    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes));

    /// <summary>A line with the nonce and the seal, then the words.</summary>
    public string SealQuestion(string path, string nonce, string words) =>
        $"{nonce} {Mark($"question {path} {nonce}\n{words}")}\n{words}";

    /// <returns>Null where it is not sealed by this key.</returns>
    public (string Nonce, string Words)? OpenQuestion(string path, string body) =>
        Split(body) is ({ } head, { } words)
        && head.Split(' ') is [{ Length: NonceBytes * 2 } nonce, var mark]
        && Is(mark, $"question {path} {nonce}\n{words}")
            ? (nonce, words)
            : null;

    public string SealAnswer(string path, string nonce, string words) =>
        $"{Mark($"answer {path} {nonce}\n{words}")}\n{words}";

    /// <returns>Null where it is no answer to this question.</returns>
    public string? OpenAnswer(string path, string nonce, string body) =>
        Split(body) is ({ } mark, { } words) && Is(mark, $"answer {path} {nonce}\n{words}") ? words : null;

    private static (string? Head, string? Words) Split(string body) =>
        body.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end
            ? (body[..end], body[(end + 1)..])
            : (null, null);

    private string Mark(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));

    private bool Is(string mark, string text) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(mark), Encoding.ASCII.GetBytes(Mark(text)));
}
