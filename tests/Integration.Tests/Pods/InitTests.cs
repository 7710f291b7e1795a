using System.Net;
using Slotwright.Integration.Tests.Support;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Pods;

/// <summary>The configuration that init writes, as real servers take it.</summary>
public sealed class InitTests
{
    /// <summary>The chart's ConfigMap with the guide's defaults.</summary>
    private const string GuideDefaults = """
        loglevel notice
        maxmemory 12gb
        maxmemory-policy noeviction
        appendonly yes
        appendfsync everysec
        auto-aof-rewrite-percentage 100
        auto-aof-rewrite-min-size 64mb
        save 900 1
        save 300 10
        save 60 10000
        # a comment
        io-threads 4
        io-threads-do-reads yes
        repl-diskless-sync yes
        repl-diskless-sync-delay 5
        slowlog-log-slower-than 10000
        latency-monitor-threshold 100
        """;

    [Theory, MemberData(nameof(TestVersions.Every), MemberType = typeof(TestVersions))]
    public async Task The_guides_defaults_start_on_every_version(string version)
    {
        await using var pods = await PodSandbox.StartAsync(1, version, GuideDefaults);
        var pod = pods.Pods[0];
        Assert.Equal("900 1 300 10 60 10000", await pod.GetAsync("save"));
        Assert.Equal("12884901888", await pod.GetAsync("maxmemory"));
        Assert.Equal("15000", await pod.GetAsync("cluster-node-timeout"));
        Assert.Equal(pod.Hostname, await pod.GetAsync("cluster-announce-hostname"));
        Assert.Equal(PodSandbox.Password, await pod.GetAsync("requirepass"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            pod.ModeOf("data/conf/valkey.conf") | pod.ModeOf("data/conf/auth.conf")
        );
        await using (var node = await pod.ConnectAsync())
        {
            Assert.Empty((await node.ReportAsync(default)).Unrecognized);
        }
        Assert.Equal(0, await pod.TermAsync());
    }

    [Fact]
    public async Task Repeated_and_quoted_directives_reach_the_server_as_they_were_written()
    {
        await using var pods = await PodSandbox.StartAsync(
            1,
            config: """
            save ""
            client-output-buffer-limit normal 1mb 0 0
            client-output-buffer-limit pubsub 3mb 2mb 9
            rename-command FLUSHALL "GONE ALL"
            proc-title-template "{title} with # and 'quotes'"
            user alice on >wonder ~alice:* +get
            "maxclients" 500
            port 7000
            """
        );
        var pod = pods.Pods[0];
        Assert.Equal("", await pod.GetAsync("save"));
        Assert.Equal("500", await pod.GetAsync("maxclients"));
        Assert.Contains("normal 1048576 0 0", await pod.GetAsync("client-output-buffer-limit"));
        Assert.Contains("pubsub 3145728 2097152 9", await pod.GetAsync("client-output-buffer-limit"));
        Assert.Equal("{title} with # and 'quotes'", await pod.GetAsync("proc-title-template"));
        Assert.IsType<RespValue.Error>(await pod.SendAsync("FLUSHALL"));
        Assert.IsType<RespValue.Simple>(await pod.SendAsync("GONE ALL"));
        Assert.IsType<RespValue.Simple>(await pod.SendAsync("AUTH", "alice", "wonder"));
    }

    [Theory]
    [InlineData("no-such-setting yes", "no-such-setting yes")]
    [InlineData("maxmemory plenty", "argument must be a memory value")]
    [InlineData("loadmodule /nowhere/module.so", "/nowhere/module.so")]
    [InlineData("save \"900 1", "Unbalanced quotes")]
    public async Task What_the_server_refuses_is_shown_in_its_own_words(string line, string words)
    {
        await using var pods = await PodSandbox.StartAsync(0);
        var pod = pods.Add($"maxmemory 100mb\n{line}\n");
        Assert.Equal(0, (await pod.RunAsync("init")).ExitCode);
        pod.Start();
        Assert.Equal(1, await pod.EndAsync());
        Assert.Contains(words, pod.Log);
    }

    [Fact]
    public async Task Notes_are_logged_and_overrides_hold()
    {
        await using var pods = await PodSandbox.StartAsync(0);
        var pod = pods.Add("maxmemory 12gb\nport 7000\nio-threads-do-reads yes\n");
        pod.Set("SLOTWRIGHT_MAXMEMORY_PERCENT", "75");
        pod.Set("SLOTWRIGHT_MEMORY_LIMIT", $"{200 << 20}");
        var init = await pod.RunAsync("init");
        Assert.Contains(
            "'maxmemory 12gb' is not followed: here it is 'maxmemory 157286400', by maxmemoryPercent",
            init.Error
        );
        Assert.Contains("'port 7000' is not followed", init.Error);
        Assert.Contains("io-threads-do-reads is taken without effect", init.Error);
        await pod.UpAsync();
        Assert.Equal("157286400", await pod.GetAsync("maxmemory"));
    }

    [Fact]
    public async Task Without_authentication_there_is_no_password()
    {
        await using var pods = await PodSandbox.StartAsync(0);
        var pod = pods.Add();
        await pod.UpAsync();
        await pod.TermAsync();
        pod.Set("SLOTWRIGHT_PASSWORD_FILE", null);
        await pod.UpAsync();
        Assert.False(File.Exists(pod.PathOf("data/conf/auth.conf")));
        Assert.Equal((true, "ready: bootstrap pending: no member knows a formed cluster"), await pod.ReadinessAsync());
    }

    [Fact]
    public async Task What_is_missing_in_the_pod_is_said_with_a_remedy()
    {
        await using var pods = await PodSandbox.StartAsync(0);
        var pod = pods.Add();
        pod.Set("POD_IP", "nowhere");
        pod.Set("POD_FQDN", null);
        var init = await pod.RunAsync("init");
        Assert.Equal(64, init.ExitCode);
        Assert.Contains("POD_FQDN: is not set", init.Error);
        Assert.Contains("POD_IP: 'nowhere' is no IP address", init.Error);

        pod.Set("POD_IP", $"{IPAddress.Loopback}");
        pod.Set("POD_FQDN", pod.Hostname);
        pod.Set("SLOTWRIGHT_PASSWORD_FILE", "/etc/slotwright/auth/other");
        init = await pod.RunAsync("init");
        Assert.Equal(1, init.ExitCode);
        Assert.Contains("next: look at the release's Secret", init.Error);

        pod.Set("SLOTWRIGHT_PASSWORD_FILE", null);
        pod.Set("PATH", "");
        init = await pod.RunAsync("init");
        Assert.Contains("there is no valkey-server on the PATH of this image", init.Error);
        Assert.Contains("there is no", (await pod.RunAsync("start")).Error);
    }

    [Fact]
    public async Task A_zone_that_a_running_server_is_told_holds_at_its_next_start()
    {
        await using var pods = await PodSandbox.StartAsync(1);
        var pod = pods.Pods[0];
        await pod.SetAsync("availability-zone", "eu-west-1b");
        await pod.ReadinessAsync();
        Assert.Equal("eu-west-1b", pod.Read("data/conf/availability-zone"));
        await pod.TermAsync();
        await pod.UpAsync();
        Assert.Equal("eu-west-1b", await pod.GetAsync("availability-zone"));
    }

    [Fact]
    public async Task The_program_installs_itself_so_that_others_can_run_it()
    {
        await using var pods = await PodSandbox.StartAsync(0);
        var pod = pods.Add();
        Assert.Equal(0, (await pod.RunAsync("install", "/opt/slotwright")).ExitCode);
        Assert.Equal(0, (await pod.RunAsync("install", "/opt/slotwright")).ExitCode);
        Assert.Equal(["slotwright"], Directory.GetFiles(pod.PathOf("opt/slotwright")).Select(Path.GetFileName));
        Assert.True(pod.ModeOf("opt/slotwright/slotwright").HasFlag(UnixFileMode.OtherExecute));
        Assert.Equal(
            File.ReadAllBytes(Environment.ProcessPath!),
            File.ReadAllBytes(pod.PathOf("opt/slotwright/slotwright"))
        );
    }

    [Fact]
    public async Task Kernel_tuning_sets_what_it_can_and_warns_of_the_rest()
    {
        await using var pods = await PodSandbox.StartAsync(0);
        var pod = pods.Add();
        pod.Write("host-sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
        pod.Write("host-sys/kernel/mm/transparent_hugepage/defrag", "always madvise [never]\n");
        pod.Write("proc/sys/net/core/somaxconn", "4096\n");
        var tuning = await pod.RunAsync("kernel-tuning", "--sys", "/host-sys");
        Assert.Equal(0, tuning.ExitCode);
        Assert.Equal("never", pod.Read("host-sys/kernel/mm/transparent_hugepage/enabled"));
        Assert.Equal("always madvise [never]\n", pod.Read("host-sys/kernel/mm/transparent_hugepage/defrag"));
        Assert.Equal("65535", pod.Read("proc/sys/net/core/somaxconn"));
        Assert.Contains("overcommit_memory can't be set to '1'", tuning.Error);
    }
}
