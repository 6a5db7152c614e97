from __future__ import annotations

import pytest

from xfctl.domain.classification import Channel, FeedbackForm, Purpose


@pytest.mark.parametrize("kind", [Channel, Purpose, FeedbackForm])
def test_values_labels_and_synonyms_are_read_as_their_member(
    kind: type[Channel] | type[Purpose] | type[FeedbackForm],
) -> None:
    for member in kind:
        for name in (member.value, member.label, *member.synonyms):
            assert kind.from_label(f" {name}\u3000") is member
    names = [name for member in kind for name in (member.label, *member.synonyms)]
    assert len(names) == len(set(names))


def test_a_member_is_its_identifier() -> None:
    assert str(Channel.LETTER) == "letter"
    assert Channel("letter").label == "来信"
    assert f"{FeedbackForm.WRITTEN}" == "written"
    assert FeedbackForm.labels() == "书面、口头、电话"


@pytest.mark.parametrize("text", ["", "飞鸽传书", "来信来访"])
def test_other_words_are_not_guessed(text: str) -> None:
    assert Channel.from_label(text) is None
