namespace Slotwright.Integration.Tests.Image;

public sealed class OptionTests
{
    [Theory]
    [InlineData("--platform windows/amd64", "--platform windows/amd64: there is linux/amd64 and linux/arm64")]
    [InlineData("--platform=", "--platform needs a value")]
    [InlineData("--tag Big:1", "it has to be NAME:TAG in small letters")]
    [InlineData("--tag registry.example.com/slotwright", "it has to be NAME:TAG in small letters")]
    [InlineData("--output", "--output needs a value")]
    [InlineData("--push", "--push is not known")]
    [InlineData("--program /bin/sh", "name that with --platform")]
    [InlineData("--platform linux/arm64 --program /there/is/none", "there is no such file")]
    public async Task What_cant_be_understood_is_told_with_the_way_out(string options, string words)
    {
        var result = await BuildImage.RunAsync(":", options.Split(' '));

        Assert.Equal(64, result.ExitCode);
        Assert.Contains(words, result.Errors, StringComparison.Ordinal);
        Assert.Contains("./build-image --help", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_of_another_architecture_is_refused_before_anything_is_fetched()
    {
        var other = BuiltImage.Architecture == "arm64" ? "amd64" : "arm64";
        var output = Directory.CreateTempSubdirectory("slotwright-image-");
        try
        {
            var result = await BuildImage.RunAsync(
                ":",
                ["--platform", $"linux/{other}", "--program", "/bin/sh", "--output", output.FullName]
            );

            Assert.Equal(1, result.ExitCode);
            Assert.Equal($"build-image: /bin/sh is no program for linux/{other}\n", result.Errors);
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_program_that_needs_a_library_which_the_image_has_not_is_refused()
    {
        var output = Directory.CreateTempSubdirectory("slotwright-image-");
        try
        {
            var result = await BuildImage.RunAsync(
                ":",
                [
                    "--platform",
                    $"linux/{BuiltImage.Architecture}",
                    "--program",
                    "/usr/bin/apt-get",
                    "--output",
                    output.FullName,
                ]
            );

            Assert.Equal(1, result.ExitCode);
            Assert.Contains("/usr/bin/apt-get needs libapt-pkg.so", result.Errors, StringComparison.Ordinal);
            Assert.Empty(output.EnumerateFiles());
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }
}
