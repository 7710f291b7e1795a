using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Slotwright.Integration.Tests.Image;

/// <summary>An https server that nobody trusts: its handshakes are all that it does.</summary>
internal sealed class SelfSignedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly X509Certificate2 _certificate = Certify();
    private readonly Task _serving;

    public SelfSignedServer()
    {
        _listener.Start();
        _serving = ServeAsync(_end.Token);
    }

    public string KubeConfig =>
        $$"""
            apiVersion: v1
            kind: Config
            current-context: here
            clusters:
            - name: untrusted
              cluster:
                server: https://{{_listener.LocalEndpoint}}
            users:
            - name: me
              user:
                token: secret-token
            contexts:
            - name: here
              context:
                cluster: untrusted
                user: me
            """;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _certificate.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(ct);
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = _certificate },
                    ct
                );
                _ = await stream.ReadAsync(new byte[1], ct);
            }
            catch (Exception e)
                when (e is IOException or AuthenticationException or SocketException or OperationCanceledException)
            {
                // That the client leaves is what is tested.
            }
        }
    }

    private static X509Certificate2 Certify()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
