namespace Slotwright.Operations.Agent;

/// <param name="Status">200, 400, 403, 404, 405 or 503.</param>
public sealed record HttpPage(int Status, string Body)
{
    public string ContentType { get; init; } = "text/plain; charset=utf-8";

    internal string Words =>
        Status switch
        {
            200 => "OK",
            400 => "Bad Request",
            403 => "Forbidden",
            404 => "Not Found",
            405 => "Method Not Allowed",
            _ => "Service Unavailable",
        };
}
