using System.Globalization;
using Slotwright.Core.Planning.Waves;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Waves;

public sealed class DefaultClientTests
{
    [Fact]
    public async Task Clients_at_their_library_s_defaults_see_no_error_while_members_are_upgraded()
    {
        await using var cluster = await TestCluster.FormAsync("8.1");
        var seed = (await cluster.MemberAsync(0)).Address.ToString();
        var password = (await cluster.Host.GetCredentialsAsync(default))!.Password;
        using var python = await DefaultClient.PythonAsync(seed, password);
        using var node = await DefaultClient.NodeAsync(seed, password);

        await Rolling.RunAsync(cluster, RollingKind.Upgrade, "9.1");
        await Rolling.RunAsync(cluster, RollingKind.Commit);

        foreach (var client in new[] { python, node })
        {
            var said = await client.EndAsync();
            Assert.StartsWith("done ", Assert.Single(said), StringComparison.Ordinal);
            Assert.True(int.Parse(said[0]["done ".Length..], CultureInfo.InvariantCulture) > 100, said[0]);
        }
    }
}
