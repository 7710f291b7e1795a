using Slotwright.Local.Machine;
using Slotwright.Local.Network;

namespace Slotwright.Unit.Tests.Machine;

public sealed class MachineReaderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("slotwright-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_machine_is_read_from_its_files()
    {
        Put("etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n");
        Put(
            "proc/meminfo",
            "MemTotal:       8000000 kB\nMemFree: 1 kB\nMemAvailable:   6000000 kB\nSwapTotal: 2000 kB\nSwapFree: 1500 kB\n"
        );
        Put(
            "proc/self/limits",
            "Limit                     Soft Limit           Hard Limit           Units     \n"
                + "Max open files            1024                 524288               files     \n"
        );
        Put("proc/sys/vm/overcommit_memory", "1\n");
        Put("proc/sys/net/core/somaxconn", "4096\n");
        Put("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n");
        Put("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
        Put(
            "proc/net/tcp",
            "  sl  local_address rem_address   st\n"
                + "   0: 0100007F:1CE8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1 0\n"
        );

        var facts = new MachineReader(_root).Read(_root);

        Assert.Equal(("Debian GNU/Linux 12 (bookworm)", true), (facts.System, facts.IsDebian));
        Assert.Equal((8_192_000_000, 6_144_000_000), (facts.Memory, facts.FreeMemory));
        Assert.Equal((2_048_000, 512_000), (facts.Swap, facts.UsedSwap));
        Assert.Equal(524_288, facts.OpenFiles);
        Assert.Equal("madvise", facts.HugePages);
        Assert.Equal((1, 4096), (facts.Overcommit, facts.Backlog));
        Assert.Equal(new PortRange(32768, 60999), facts.Ephemeral);
        Assert.Equal(7400, Assert.Single(facts.Listeners).Port);
        Assert.True(facts.FreeDisk > 0);
        Assert.True(facts.Cores > 0);
    }

    [Fact]
    public void A_limit_of_the_control_group_counts_where_it_is_less()
    {
        Put("proc/meminfo", "MemTotal: 8000 kB\n");
        Put("sys/fs/cgroup/memory.max", "max\n");
        Assert.Equal(8_192_000, new MachineReader(_root).Read(_root).Memory);
        Put("sys/fs/cgroup/memory.max", "1000000\n");
        Assert.Equal(1_000_000, new MachineReader(_root).Read(_root).Memory);
    }

    [Fact]
    public void No_limit_of_open_files_is_more_than_any()
    {
        Put("proc/self/limits", "Max open files            unlimited            unlimited            files     \n");
        Assert.Equal(long.MaxValue, new MachineReader(_root).Read(_root).OpenFiles);
    }

    [Fact]
    public void A_kernel_without_huge_pages_says_so_and_a_hidden_one_says_nothing()
    {
        Assert.Null(new MachineReader(_root).Read(_root).HugePages);
        Directory.CreateDirectory($"{_root}/sys/kernel/mm");
        Assert.Equal("", new MachineReader(_root).Read(_root).HugePages);
    }

    [Fact]
    public void Where_nothing_can_be_read_nothing_is_made_up()
    {
        var facts = new MachineReader("/nonexistent").Read("/nonexistent/state");
        Assert.Equal(
            (null, null, null, null, null, null, null),
            (
                facts.System,
                facts.Memory,
                facts.FreeMemory,
                facts.Swap,
                facts.OpenFiles,
                facts.Overcommit,
                facts.Ephemeral
            )
        );
        Assert.Empty(facts.Listeners);
        Assert.True(facts.FreeDisk > 0, "the disk is that of the nearest folder which exists");
    }

    [Fact]
    public void Rubbish_is_not_read_as_a_number()
    {
        Put("proc/sys/vm/overcommit_memory", "yes\n");
        Put("proc/meminfo", "MemTotal: much\nMemAvailable: -1 kB\n");
        var facts = new MachineReader(_root).Read(_root);
        Assert.Equal((null, null, null), (facts.Overcommit, facts.Memory, facts.FreeMemory));
    }

    private void Put(string path, string text)
    {
        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
