"""A chain while it is put together: wherever the keys lead, one is at a place in it."""

from hypothesis import given
from hypothesis import strategies as st

from reader.domain.attributed import Hop
from reader.services.attributing.chain_edit import ChainEdit, Link

STEPS = st.lists(
    st.sampled_from(["take", "via", "left", "right", "remove", "earlier", "later", "first", "end"]),
    max_size=30,
)


@given(STEPS, st.integers(0, 3))
def test_one_is_always_at_a_place(steps: list[str], length: int) -> None:
    chain = ChainEdit(Link(Hop(str(number))) for number in range(length))
    for number, step in enumerate(steps):
        before = sorted(str(link.hop.source) for link in chain.links)
        current = chain.current
        if step == "take":
            chain.take(Link(Hop(f"new{number}")))
            assert chain.current is not None
            assert chain.current.hop.source == f"new{number}"
            continue
        {
            "via": chain.via,
            "left": lambda: chain.go(-1),
            "right": lambda: chain.go(1),
            "remove": chain.remove,
            "earlier": lambda: chain.move(-1),
            "later": lambda: chain.move(1),
            "first": lambda: chain.go_to(0),
            "end": lambda: chain.go_to(99),
        }[step]()
        after = sorted(str(link.hop.source) for link in chain.links)
        assert len(before) - len(after) in ((0, 1) if step == "remove" else (0,))
        assert set(after) <= set(before)
        assert 0 <= chain.at <= len(chain.links)
        assert chain.fresh or chain.at < len(chain.links)
        if step in ("earlier", "later"):
            assert chain.current is current  # one goes along with it
