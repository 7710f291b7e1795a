using System.Text;
using Slotwright.Commands;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Tests.Support;
using Slotwright.Operations.Asking;
using Slotwright.Output;
using Slotwright.Unit.Tests.Support;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Output;

public sealed class ExecOutputTests
{
    private static readonly RespCommand Get = RespCommand.Of("GET", "a");

    [Fact]
    public void One_reply_stands_alone() => Assert.Equal("\"x\"\n", Text(Get, Reply(RespValue.Bulk.Of("x"))));

    [Fact]
    public void Of_several_each_has_its_members_name_before_it()
    {
        Assert.Equal("m-1: \"x\"\n", Text(Get, Reply(RespValue.Bulk.Of("x")), named: true));
        Assert.Equal(
            "m-1:\n1) \"x\"\n2) \"y\"\n",
            Text(Get, Reply(new RespValue.Array([RespValue.Bulk.Of("x"), RespValue.Bulk.Of("y")])), named: true)
        );
        Assert.Equal("m-1: (no reply) it is gone\n", Text(Get, Gone, named: true));
    }

    [Fact]
    public void What_is_made_for_people_is_printed_as_it_is()
    {
        var info = RespCommand.Of("INFO");
        var reply = Reply(RespValue.Bulk.Of("# Server\r\na:1\r\n"));
        Assert.Equal("# Server\r\na:1\r\n", Text(info, reply));
        Assert.Equal("m-1:\n# Server\r\na:1\r\n", Text(info, reply, named: true));
        Assert.Equal("m-1:\nx\ny\n", Text(info, Reply(RespValue.Bulk.Of("x\ny")), named: true));
        Assert.Equal("ERR no\n", Text(info, Reply(new RespValue.Error("ERR no"))));
        Assert.Equal("# Server\r\na:1\r\n", Text(info, reply, raw: true));
    }

    [Fact]
    public void Raw_replies_end_in_a_line_break()
    {
        Assert.Equal("x\n", Text(Get, Reply(RespValue.Bulk.Of("x")), raw: true));
        Assert.Equal("\n", Text(Get, Reply(RespValue.Null.Instance), raw: true));
        Assert.Equal("ERR no\n\n", Text(Get, Reply(new RespValue.Error("ERR no")), raw: true)); // valkey-cli does so
        Assert.Equal("m-1: ERR no\n", Text(Get, Reply(new RespValue.Error("ERR no")), raw: true, named: true));
        Assert.Equal("m-1: x\n", Text(Get, Reply(RespValue.Bulk.Of("x")), raw: true, named: true));
    }

    [Fact]
    public void Programs_get_an_array_of_members_with_their_replies()
    {
        var terminal = new FakeTerminal();
        new ExecOutput(terminal.Terminal, Get, raw: false, named: true).PrintJson([
            Reply(
                new RespValue.Array([
                    RespValue.Bulk.Of("don't"),
                    RespValue.Integer.Of(7),
                    RespValue.Null.Instance,
                    new RespValue.Bulk(new byte[] { 0xff, 0 }),
                    new RespValue.Error("EXECABORT no"),
                    new RespValue.Double(1.5),
                    new RespValue.Double(double.NaN),
                    new RespValue.Boolean(true),
                    new RespValue.Map([new(RespValue.Bulk.Of("k"), new RespValue.Set([RespValue.Integer.Of(1)]))]),
                    new RespValue.Map([new(RespValue.Integer.Of(1), RespValue.Bulk.Of("v"))]),
                    new RespValue.Verbatim("txt", "é"),
                    new RespValue.BigNumber("123"),
                ])
            ),
            Reply(new RespValue.Error("ERR no")),
            Gone,
        ]);
        Golden.Check("exec/replies.json", terminal.Output);
    }

    [Fact]
    public void Any_error_makes_it_fail_and_nothing_else_does()
    {
        Assert.Equal(ExitCode.Done, ExecCommand.ExitCodeOf([Reply(RespValue.Null.Instance)]));
        Assert.Equal(ExitCode.Done, ExecCommand.ExitCodeOf([Reply(RespValue.Bulk.Of("ERR is a text here"))]));
        Assert.Equal(ExitCode.Failed, ExecCommand.ExitCodeOf([Reply(new RespValue.Simple("OK")), Gone]));
        Assert.Equal(ExitCode.Failed, ExecCommand.ExitCodeOf([Reply(new RespValue.Error("ERR no"))]));
        Assert.Equal(
            ExitCode.Failed,
            ExecCommand.ExitCodeOf([Reply(new RespValue.Array([new RespValue.Array([new RespValue.Error("ERR no")])]))])
        );
    }

    private static readonly Member Member = new(
        "m-1",
        1,
        null,
        null,
        MemberPhase.Running,
        new NodeAddress("127.0.0.1", 7001),
        "",
        "",
        ""
    );

    private static MemberReply Gone => new(Member, null, new OperationFailedException("it is gone"));

    private static MemberReply Reply(RespValue reply) => new(Member, reply, null);

    private static string Text(RespCommand command, MemberReply reply, bool raw = false, bool named = false) =>
        Encoding.UTF8.GetString(new ExecOutput(new FakeTerminal().Terminal, command, raw, named).Text(reply));
}
