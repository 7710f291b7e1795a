using CsCheck;
using Slotwright.Core.Configuration;

namespace Slotwright.Core.Tests.Configuration;

public sealed class AuthFileTests
{
    [Fact]
    public void Every_password_that_is_written_is_read_again() =>
        Gen
            .String.Where(s => s.Length > 0 && !s.Any(char.IsSurrogate))
            .Sample(password => AuthFile.PasswordIn(AuthFile.Of(new Version(9, 1), password)) == password);

    [Fact]
    public void A_file_that_another_chart_wrote_is_read_and_keeps_its_names()
    {
        const string text = "requirepass s3cret\nmasterauth s3cret\n";
        Assert.Equal("s3cret", AuthFile.PasswordIn(text));
        Assert.Equal("requirepass \"a b\"\nmasterauth \"a b\"\n", AuthFile.With(text, "a b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("primaryauth only\n")]
    [InlineData("requirepass \"\"\n")]
    [InlineData("requirepass two words\n")]
    public void Where_there_is_no_password_there_is_none(string text) => Assert.Null(AuthFile.PasswordIn(text));
}
