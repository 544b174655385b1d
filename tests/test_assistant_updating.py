"""What a question does about a stale index before it is answered; see test_ui_cli.py for what a person sees of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.updating import bring_up_to_date
from index.errors import EncoderUnavailable, IndexBroken, IndexBusy, IndexUnwritable
from tests.fakes import ScriptedIndex


@pytest.mark.parametrize("kind", [IndexBroken, IndexBusy, IndexUnwritable])
def test_an_update_that_cannot_be_made_leaves_the_old_index_answering_and_is_said(kind: type[Exception]) -> None:
    news_index = ScriptedIndex(kind("The new index is not whole. Mend it."))
    told = bring_up_to_date(news_index, Path("news"))
    assert told == "1 changed file in 'news' is not in this answer yet. The new index is not whole. Mend it."
    assert len(news_index.builds) == 1


def test_an_encoder_that_is_gone_is_not_passed_over() -> None:
    with pytest.raises(EncoderUnavailable):
        bring_up_to_date(ScriptedIndex(EncoderUnavailable("It went away.")), Path("news"))
