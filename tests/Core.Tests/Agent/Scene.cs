using System.Collections.Immutable;
using Slotwright.Core.Agent;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Agent;

/// <summary>
/// What agents of a cluster see: m-0 to m-2 are primaries in three zones, m-3 to m-5 replicate m-1, m-2 and m-0. Nodes are
/// known by letters, a to f; members that came back empty get the next ones.
/// </summary>
internal sealed record Scene(ImmutableArray<PeerRow> Rows)
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Digits = "abcdef0123456789";

    private static readonly int[] PrimaryOfReplica = [1, 2, 0];

    public static Scene Formed { get; } = new([.. Enumerable.Range(0, 6).Select(Row)]);

    public static NodeId Id(char letter) => NodeId.Parse(new string(Digits[letter - 'a'], 40));

    public PeerRow this[char letter] => Rows.Single(r => r.Id == Id(letter));

    /// <summary>All say this of a node.</summary>
    public Scene With(char letter, Func<PeerRow, PeerRow> change) =>
        new([.. Rows.Select(r => r.Id == Id(letter) ? change(r) : r)]);

    public Scene Fail(params ReadOnlySpan<char> letters)
    {
        var scene = this;
        foreach (var letter in letters)
        {
            scene = scene.With(letter, r => r with { Flags = r.Flags | PeerFlags.Fail, Linked = false });
        }
        return scene;
    }

    /// <summary>A failed primary has lost its slots to its replica.</summary>
    public Scene TakeOver(char dead, char by)
    {
        var slots = this[dead].Slots;
        return Fail(dead)
            .With(dead, r => r with { Slots = SlotSet.Empty })
            .With(by, r => r with { Slots = slots, Primary = null });
    }

    /// <summary>All know another node under a member's name: empty, a primary.</summary>
    public Scene Back(char letter, int member) =>
        new(
            Rows.Add(
                Row(member) with
                {
                    Id = Id(letter),
                    Address = new NodeAddress($"10.0.1.{member}", 6379),
                    Primary = null,
                    Slots = SlotSet.Empty,
                    Flags = PeerFlags.Primary,
                }
            )
        );

    /// <summary>What a node sees of itself and the others.</summary>
    public ImmutableArray<PeerRow> View(char letter) =>
        [.. Rows.Select(r => r.Id == Id(letter) ? r with { Flags = r.Flags | PeerFlags.Myself, Linked = true } : r)];

    /// <summary>Everybody who lives answers.</summary>
    public ImmutableArray<MemberSight> Sights() =>
        [
            .. Rows.Where(r => (r.Flags & (PeerFlags.Fail | PeerFlags.NoAddress)) == PeerFlags.None)
                .Select(r => new MemberSight(r.Address!.Value, Zone(r.Hostname), View(Letter(r)))),
        ];

    /// <summary>Of a member that is in the cluster.</summary>
    public AgentEvidence Of(char letter) =>
        new(this[letter].Hostname, View(letter), Keys: 0, LinkUp: true)
        {
            Now = Now,
            Zone = Zone(this[letter].Hostname),
            Members = Sights(),
        };

    /// <summary>Of a member that came back and knows nobody.</summary>
    public AgentEvidence Alone(int member) =>
        new(
            Row(member).Hostname,
            [
                Row(member) with
                {
                    Id = Id('p'),
                    Flags = PeerFlags.Myself | PeerFlags.Primary,
                    Primary = null,
                    Slots = SlotSet.Empty,
                },
            ],
            Keys: 0,
            LinkUp: false
        )
        {
            Now = Now,
            Members = Sights(),
        };

    public static char Letter(PeerRow row) => (char)('a' + Digits.IndexOf(row.Id.Value[0]));

    private static string Zone(string hostname) => $"az-{"abc"[(hostname[2] - '0') % 3]}";

    private static PeerRow Row(int i) =>
        new(
            Id((char)('a' + i)),
            new NodeAddress($"10.0.0.{i}", 6379),
            16379,
            $"m-{i}.test",
            i < 3 ? PeerFlags.Primary : PeerFlags.Replica,
            i < 3 ? null : Id((char)('a' + PrimaryOfReplica[(i - 3) % 3])),
            PingSent: 0,
            PongReceived: 1,
            ConfigEpoch: i < 3 ? i + 1 : 0,
            Linked: true,
            i < 3 ? SlotSet.Split(3)[i] : SlotSet.Empty,
            []
        );
}
