using Microsoft.Playwright;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Drills;

/// <summary>The page of a drill in a real browser.</summary>
internal static class DrillPageTest
{
    /// <summary>It renders without an error, asks nobody for anything, and its pictures are there and drawn on.</summary>
    public static async Task LooksWellAsync(string path, string drill)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = TestClients.Chromium, Args = ["--no-sandbox"] }
        );
        var page = await browser.NewPageAsync();
        var errors = new List<string>();
        var requests = new List<string>();
        page.Console += (_, message) => errors.Add(message.Text);
        page.PageError += (_, error) => errors.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);
        var uri = new Uri(path).AbsoluteUri;
        await page.GotoAsync(uri);

        Assert.Empty(errors);
        Assert.Equal([uri], requests);
        Assert.Contains($"drill {drill}", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Contains("kept: ", await page.Locator(".verdict").InnerTextAsync(), StringComparison.Ordinal);
        var pictures = page.Locator("figure svg");
        Assert.Equal(4, await pictures.CountAsync());
        for (var i = 0; i < 4; i++)
        {
            var box = (await pictures.Nth(i).BoundingBoxAsync())!;
            Assert.True(box is { Width: > 600, Height: > 60 }, $"picture {i} is {box.Width} by {box.Height}");
        }
        Assert.True(await page.Locator("figure polyline").CountAsync() >= 3);
        Assert.True(await page.Locator("figure rect[fill='#2f6fb0']").CountAsync() >= 3);
        Assert.True(await page.Locator("#events tr").CountAsync() >= 5);
        Assert.Equal(4, await page.Locator("#shards tr").CountAsync());
    }
}
