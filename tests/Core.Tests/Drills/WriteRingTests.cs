using CsCheck;
using Slotwright.Core.Drills;

namespace Slotwright.Core.Tests.Drills;

/// <summary>Each crime is done to a key, and must be found; without it nothing may be.</summary>
public sealed class WriteRingTests
{
    private readonly FakeKey _key = new();

    [Fact]
    public void A_healthy_key_shows_no_crime() => Assert.Equal(default, _key.Run(1000, confirmed: true).End());

    [Fact]
    public void Reads_are_a_bounded_share()
    {
        var reads = 0;
        for (var i = 0; i < 900; i++)
        {
            var action = _key.Ring.Next(out var number);
            reads += action == RingAction.Read ? 1 : 0;
            if (action == RingAction.Read)
            {
                _key.Ring.ReadShowed(_key.Save(), 20);
            }
            else
            {
                _key.Apply(number);
                _key.Ring.Acknowledged(number, confirmed: false, repeated: false);
            }
        }

        Assert.InRange(reads, 150, 200); // one after each 4 writes of a ring of 8
    }

    [Fact]
    public void Numbers_grow_while_nothing_fails()
    {
        var last = 0L;
        for (var i = 0; i < 100; i++)
        {
            var number = _key.Write();
            Assert.True(number > last);
            last = number;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Writes_that_are_set_back_at_the_end_are_lost(int writes)
    {
        _key.Run(50).Read();
        var before = _key.Save();
        for (var i = 0; i < writes; i++)
        {
            _key.Write(confirmed: i == 0);
        }
        _key.SetBack(before);

        Assert.Equal(new RingCounts(writes, 1, 0, 0, 0, 0), _key.End());
    }

    [Fact]
    public void Writes_that_are_set_back_are_found_although_the_run_goes_on()
    {
        _key.Run(50).Read();
        var before = _key.Save();
        _key.Write();
        _key.Write();
        _key.SetBack(before);
        _key.Ring.Doubt();

        Assert.Equal(2, _key.Run(200).End().Lost);
    }

    [Fact]
    public void Writes_that_are_set_back_far_are_all_counted()
    {
        _key.Run(50).Read();
        var before = _key.Save();
        for (var i = 0; i < 100; i++)
        {
            _key.Write(confirmed: true);
        }
        _key.SetBack(before);
        _key.Ring.Doubt();

        Assert.Equal(new RingCounts(100, 100, 0, 0, 0, 0), _key.Run(200).End());
    }

    [Fact]
    public void Writes_that_are_set_back_twice_are_counted_once()
    {
        _key.Run(50).Read();
        var before = _key.Save();
        _key.Write();
        _key.Write();
        _key.SetBack(before);
        _key.Ring.Doubt();
        for (var i = 0; i < 50; i++)
        {
            _key.Write();
        }
        _key.SetBack(before);

        Assert.Equal(52, _key.End().Lost);
    }

    [Fact]
    public void A_key_that_is_deleted_has_lost_all_its_writes()
    {
        for (var i = 0; i < Cells; i++)
        {
            _key.Write();
        }
        _key.SetBack([]);

        Assert.Equal(Cells, _key.End().Lost);
    }

    [Fact]
    public void A_key_that_is_deleted_is_used_on_and_its_loss_told_without_a_doubt_being_raised()
    {
        _key.Run(100).SetBack([]);

        Assert.InRange(_key.Run(500).End().Lost, 40, 100); // half a ring may be written over before the next read
    }

    [Fact]
    public void A_failed_write_is_no_crime_whether_it_is_there_or_not()
    {
        for (var i = 0; i < 100; i++)
        {
            var number = _key.TakeWrite();
            if (i % 2 == 0)
            {
                _key.Apply(number);
            }
            _key.Ring.Failed(number);
        }

        Assert.Equal(default, _key.End());
    }

    [Fact]
    public void A_failed_write_is_sent_again_into_its_cell()
    {
        var number = _key.TakeWrite();
        _key.Ring.Failed(number);
        var others = Enumerable.Range(0, Cells).Select(_ => _key.Write());

        Assert.Contains(number, others);
    }

    [Fact]
    public void A_failed_write_that_lands_late_takes_nothing_away()
    {
        var late = _key.TakeWrite();
        _key.Ring.Failed(late);
        for (var i = 0; i < Cells - 1; i++)
        {
            _key.Write();
        }
        _key.Apply(late);

        Assert.Equal(default, _key.End());
    }

    [Fact]
    public void A_write_that_lands_a_second_time_over_a_newer_one_is_a_double()
    {
        var first = _key.TakeWrite();
        _key.Ring.Failed(first);
        while (_key.Write() != first + Cells) { }
        _key.Apply(first);

        Assert.Equal(new RingCounts(1, 0, 0, 1, 0, 0), _key.End());
    }

    [Fact]
    public void So_is_one_that_the_client_itself_had_sent_twice()
    {
        var first = _key.Write(repeated: true);
        while (_key.Write() != first + Cells) { }
        _key.Apply(first);

        Assert.Equal(new RingCounts(1, 0, 0, 1, 0, 0), _key.End());
    }

    [Fact]
    public void A_write_that_was_sent_once_and_shows_again_is_a_loss_and_no_double()
    {
        var first = _key.Write();
        while (_key.Write() != first + Cells) { }
        _key.Apply(first);

        Assert.Equal(new RingCounts(1, 0, 0, 0, 0, 0), _key.End());
    }

    [Fact]
    public void A_write_found_in_a_second_place_is_a_double()
    {
        var first = _key.Write();
        var second = _key.Write();
        _key.Apply(first, cell: _key.Ring.CellOf(second));

        Assert.Equal(new RingCounts(1, 0, 0, 1, 0, 0), _key.End());
    }

    [Fact]
    public void A_number_that_was_never_sent_is_foreign()
    {
        var number = _key.Write();
        _key.Apply(number + (7 * Cells));

        Assert.Equal(new RingCounts(1, 0, 0, 0, 1, 0), _key.End());
    }

    [Fact]
    public void A_value_of_another_key_is_foreign()
    {
        var number = _key.Write();
        _key.Apply(number, tag: 0xcafe);

        Assert.Equal(new RingCounts(1, 0, 0, 0, 1, 0), _key.End());
    }

    [Fact]
    public void A_read_that_misses_what_a_later_one_shows_is_stale_and_nothing_is_lost()
    {
        _key.Run(50).Read();
        var before = _key.Save();
        _key.Write();
        _key.Write();
        var now = _key.Save();
        _key.SetBack(before);
        _key.Read();
        _key.SetBack(now);

        Assert.Equal(new RingCounts(0, 0, 1, 0, 0, 0), _key.Run(100).End());
    }

    [Fact]
    public void A_read_need_not_show_what_was_acknowledged_after_it_was_sent()
    {
        _key.Run(50).Read();
        var before = _key.Save();
        _key.Ring.BeginRead();
        var number = _key.Ring.Next(out var n) == RingAction.Write ? n : 0;
        _key.Apply(number);
        _key.Ring.Acknowledged(number, confirmed: false, repeated: false);
        _key.Ring.ReadShowed(before, 20);

        Assert.Equal(default, _key.End());
    }

    [Fact]
    public void A_missed_write_stays_under_suspicion_until_the_end()
    {
        _key.Run(50).Read();
        var before = _key.Save();
        _key.Write();
        _key.SetBack(before);
        _key.Read();

        Assert.True(_key.Ring.HasSuspects);
        Assert.Equal(0, _key.Counts.Lost);
        _key.Ring.Close(wasRead: true);
        Assert.Equal(1, _key.Counts.Lost);
    }

    [Fact]
    public void Without_a_read_at_the_end_nobody_knows()
    {
        _key.Run(50);
        _key.Ring.Close(wasRead: false);

        Assert.Equal(new RingCounts(0, 0, 0, 0, 0, Cells), _key.Counts);
    }

    [Fact]
    public void Where_reads_fail_writes_still_get_their_turn()
    {
        var writes = 0;
        for (var i = 0; i < 20; i++)
        {
            if (_key.Ring.Next(out var number) == RingAction.Write)
            {
                writes++;
                _key.Ring.Failed(number);
            }
            else
            {
                _key.Ring.ReadFailed();
            }
        }

        Assert.InRange(writes, 10, 19);
    }

    [Fact]
    public void After_a_doubt_the_key_is_read_before_anything_is_written_over()
    {
        _key.Run(50);
        _key.Ring.Doubt();

        Assert.Equal(RingAction.Read, _key.Ring.Next(out _));
        Assert.Equal(RingAction.None, _key.Ring.Next(out _));
    }

    [Fact]
    public void What_is_counted_as_lost_is_never_more_than_what_was_set_back() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 40], Gen.Int[0, 60], Gen.Bool)
            .Sample(
                (before, between, after, doubt) =>
                {
                    var key = new FakeKey();
                    key.Run(before);
                    var saved = key.Save();
                    for (var i = 0; i < between; i++)
                    {
                        key.Write();
                    }
                    key.SetBack(saved);
                    if (doubt)
                    {
                        key.Ring.Doubt();
                    }
                    var lost = key.Run(after).End().Lost;

                    Assert.InRange(lost, doubt ? between : Math.Min(1, between), between);
                }
            );

    [Fact]
    public void Random_failures_and_late_copies_on_a_healthy_server_show_no_loss() =>
        Gen.Int[0, 9]
            .Array[0, 300]
            .Sample(dice =>
            {
                var key = new FakeKey();
                var unknown = new SortedSet<long>();
                foreach (var d in dice)
                {
                    var number = key.TakeWrite();
                    if (d < 2)
                    {
                        key.Ring.Failed(number);
                        unknown.Add(number);
                        continue;
                    }
                    unknown.Remove(number);
                    key.Apply(number);
                    key.Ring.Acknowledged(number, confirmed: false, repeated: false);
                    if (d == 9 && unknown.Count > 0)
                    {
                        key.Apply(unknown.Min);
                    }
                }
                Assert.Equal(default, key.End());
            });

    private const int Cells = FakeKey.Cells;
}
