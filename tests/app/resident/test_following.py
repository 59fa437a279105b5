"""Transactions in any order, seen through snapshots: each change is given once, and soon."""

from hypothesis import given
from hypothesis import strategies as st

from app.resident.following import Change, Delivered, Reading, sees


class Writers:
    """A database in small: transactions begin, write, and end or come to nothing."""

    def __init__(self) -> None:
        self.next_txid = 100
        self.open: dict[int, Change] = {}
        self.committed: list[Change] = []

    def begin(self) -> None:
        self.open[self.next_txid] = Change(self.next_txid, f"N{self.next_txid}")
        self.next_txid += 1

    def end(self, which: int, *, committed: bool) -> None:
        if not self.open:
            return
        txid = sorted(self.open)[which % len(self.open)]
        change = self.open.pop(txid)
        if committed:
            self.committed.append(change)

    def reading(self, mark: int) -> Reading:
        horizon = min(self.open, default=self.next_txid)
        return Reading(horizon, [change for change in self.committed if change.txid >= mark])


STEPS = st.lists(
    st.one_of(
        st.just("begin"),
        st.just("read"),
        st.tuples(st.integers(0, 9), st.booleans()),
    ),
    max_size=200,
)


@given(before=STEPS, after=STEPS)
def test_each_change_is_given_once_and_none_is_missed(before, after):
    database = Writers()
    run(database, before, None)
    first = database.reading(0)
    known = [change.number for change in first.changes]

    state, given_later = run(database, after, Delivered.all_of(first))

    _, last = state.take(database.reading(state.mark))
    told = [*known, *(change.number for change in [*given_later, *last])]
    assert sorted(told) == sorted(change.number for change in database.committed)


def run(database, steps, state):
    told = []
    for step in steps:
        if step == "begin":
            database.begin()
        elif step == "read":
            if state is not None:
                state, fresh = state.take(database.reading(state.mark))
                told += fresh
        else:
            which, committed = step
            database.end(which, committed=committed)
    return state, told


def test_a_reading_that_was_overtaken_gives_nothing_twice():
    late = Reading(100, [Change(100, "A")])
    state = Delivered(100, frozenset())
    state, _ = state.take(Reading(103, [Change(100, "A"), Change(102, "B")]))

    after, fresh = state.take(late)

    assert fresh == []
    assert after == state


def test_what_is_remembered_does_not_grow_with_what_has_ended():
    state = Delivered(100, frozenset())

    for txid in range(100, 1_100):
        state, fresh = state.take(Reading(txid + 1, [Change(txid, "A")]))
        assert len(fresh) == 1

    assert state.beyond == frozenset()


@given(steps=STEPS)
def test_of_two_positions_the_later_sees_all_that_the_earlier_does(steps):
    database = Writers()
    snapshots = [snapshot(database)]
    for step in steps:
        run(database, [step], None)
        snapshots.append(snapshot(database))

    for number, (earlier, shown) in enumerate(snapshots):
        for later, shown_later in snapshots[number:]:
            assert sees(later, earlier)
            assert sees(earlier, later) == (shown_later <= shown)


def snapshot(database: Writers) -> tuple[str, set[int]]:
    """The position as PostgreSQL writes it, and which transactions it shows as ended."""
    ended = set(range(100, database.next_txid)) - set(database.open)
    beyond = max(ended, default=99) + 1
    under_way = [txid for txid in sorted(database.open) if txid < beyond]
    least = min(under_way, default=beyond)
    return f"5/{least}:{beyond}:{','.join(map(str, under_way))}", ended
