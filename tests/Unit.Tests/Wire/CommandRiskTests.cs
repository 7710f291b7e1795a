using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Wire;

public sealed class CommandRiskTests
{
    [Theory]
    [InlineData("FLUSHALL")]
    [InlineData("flushall async")]
    [InlineData("FlushDb")]
    [InlineData("SHUTDOWN NOSAVE")]
    [InlineData("DEBUG SLEEP 1")]
    [InlineData("debug segfault")]
    [InlineData("DEBUG anything-new")]
    [InlineData("CONFIG SET maxmemory 1gb")]
    [InlineData("config rewrite")]
    [InlineData("CLUSTER RESET HARD")]
    [InlineData("CLUSTER MEET 10.0.0.1 6379")]
    [InlineData("CLUSTER FORGET x")]
    [InlineData("CLUSTER FAILOVER FORCE")]
    [InlineData("CLUSTER REPLICATE x")]
    [InlineData("CLUSTER ADDSLOTS 1")]
    [InlineData("CLUSTER ADDSLOTSRANGE 1 2")]
    [InlineData("CLUSTER DELSLOTS 1")]
    [InlineData("CLUSTER DELSLOTSRANGE 1 2")]
    [InlineData("CLUSTER FLUSHSLOTS")]
    [InlineData("CLUSTER SETSLOT 1 NODE x")]
    [InlineData("CLUSTER SET-CONFIG-EPOCH 1")]
    [InlineData("CLUSTER BUMPEPOCH")]
    [InlineData("CLUSTER SAVECONFIG")]
    [InlineData("CLUSTER MIGRATESLOTS SLOTSRANGE 1 2 NODE x")]
    [InlineData("CLUSTER CANCELSLOTMIGRATIONS")]
    [InlineData("CLUSTER something-new")]
    [InlineData("FUNCTION FLUSH")]
    [InlineData("FUNCTION RESTORE x FLUSH")]
    [InlineData("SCRIPT FLUSH")]
    [InlineData("ACL SETUSER x on")]
    [InlineData("ACL DELUSER x")]
    [InlineData("ACL LOAD")]
    [InlineData("CLIENT KILL TYPE normal")]
    [InlineData("CLIENT PAUSE 1000")]
    [InlineData("FAILOVER")]
    [InlineData("REPLICAOF NO ONE")]
    [InlineData("SLAVEOF NO ONE")]
    [InlineData("SWAPDB 0 1")]
    [InlineData("MIGRATE h 1 k 0 1")]
    [InlineData("MODULE LOAD x")]
    [InlineData("MODULE LOADEX x")]
    [InlineData("MODULE UNLOAD x")]
    public void What_is_dangerous_asks_even_on_one_node(string command)
    {
        var words = RespCommand.Of(command.Split(' '));
        Assert.NotNull(CommandRisk.OnOne(words));
        Assert.Equal(CommandRisk.OnOne(words), CommandRisk.OnSeveral(words, writes: false));
    }

    [Theory]
    [InlineData("GET a")]
    [InlineData("SET a b")]
    [InlineData("DEL a")]
    [InlineData("EVAL x 0")]
    [InlineData("FCALL x 0")]
    [InlineData("PING")]
    [InlineData("INFO")]
    [InlineData("DEBUG")]
    [InlineData("DEBUG HELP")]
    [InlineData("CONFIG GET *")]
    [InlineData("CONFIG RESETSTAT")]
    [InlineData("CLUSTER")]
    [InlineData("CLUSTER INFO")]
    [InlineData("cluster nodes")]
    [InlineData("CLUSTER SHARDS")]
    [InlineData("CLUSTER SLOTS")]
    [InlineData("CLUSTER LINKS")]
    [InlineData("CLUSTER MYID")]
    [InlineData("CLUSTER MYSHARDID")]
    [InlineData("CLUSTER KEYSLOT a")]
    [InlineData("CLUSTER COUNTKEYSINSLOT 1")]
    [InlineData("CLUSTER GETKEYSINSLOT 1 1")]
    [InlineData("CLUSTER COUNT-FAILURE-REPORTS x")]
    [InlineData("CLUSTER REPLICAS x")]
    [InlineData("CLUSTER SLAVES x")]
    [InlineData("CLUSTER SLOT-STATS SLOTSRANGE 0 1")]
    [InlineData("CLUSTER GETSLOTMIGRATIONS")]
    [InlineData("CLUSTER HELP")]
    [InlineData("ACL LIST")]
    [InlineData("CLIENT LIST")]
    [InlineData("SCRIPT EXISTS x")]
    [InlineData("FUNCTION LIST")]
    [InlineData("SAVE")]
    [InlineData("SET FLUSHALL SHUTDOWN")]
    [InlineData("DEBUGGER")]
    [InlineData("CLUSTERED")]
    public void Data_and_looking_never_ask_on_one_node(string command) =>
        Assert.Null(CommandRisk.OnOne(RespCommand.Of(command.Split(' '))));

    [Theory]
    [InlineData("SET a b", true, true)]
    [InlineData("GET a", false, false)]
    [InlineData("GET a", null, true)]
    [InlineData("CLUSTER NODES", false, false)]
    [InlineData("EVAL x 0", false, true)]
    [InlineData("EVALSHA x 0", false, true)]
    [InlineData("FCALL x 0", false, true)]
    [InlineData("EVAL_RO x 0", false, false)]
    [InlineData("FCALL_RO x 0", false, false)]
    public void On_several_nodes_writes_ask(string command, bool? writes, bool asks) =>
        Assert.Equal(asks, CommandRisk.OnSeveral(RespCommand.Of(command.Split(' ')), writes) is not null);

    [Fact]
    public void The_flags_of_the_sub_command_count()
    {
        var container = Row("xgroup", "readonly");
        var sub = Row("xgroup|create", "write", "denyoom");
        Assert.True(CommandTraits.Writes(new RespValue.Array([container, sub])));
        Assert.False(CommandTraits.Writes(new RespValue.Array([container, RespValue.Null.Instance])));
        Assert.True(CommandTraits.Writes(new RespValue.Array([Row("set", "write")])));
        Assert.False(CommandTraits.Writes(new RespValue.Array([Row("get", "readonly", "fast")])));
    }

    [Fact]
    public void What_the_server_does_not_know_it_will_refuse_itself() =>
        Assert.False(CommandTraits.Writes(new RespValue.Array([RespValue.Null.Instance])));

    [Fact]
    public void A_server_that_does_not_say_may_write() =>
        Assert.Null(CommandTraits.Writes(new RespValue.Error("NOPERM no")));

    [Theory]
    [InlineData("SUBSCRIBE a", false)]
    [InlineData("psubscribe a", false)]
    [InlineData("MONITOR", false)]
    [InlineData("SYNC", false)]
    [InlineData("CLIENT REPLY OFF", false)]
    [InlineData("CLIENT ID", true)]
    [InlineData("PUBLISH a b", true)]
    public void Commands_without_one_reply_are_known(string command, bool hasOne) =>
        Assert.Equal(hasOne, CommandTraits.HasOneReply(RespCommand.Of(command.Split(' '))));

    private static RespValue.Array Row(string name, params string[] flags) =>
        new([
            RespValue.Bulk.Of(name),
            RespValue.Integer.Of(-2),
            new RespValue.Array([.. flags.Select(f => new RespValue.Simple(f))]),
        ]);
}
