"""The wire of an embeddings server, recorded from llama.cpp by `make record`: the protocol, not the nearness."""

import numpy as np
import pytest

from index.errors import EncoderUnavailable
from index.remote_encoder import RemoteEncoder

pytestmark = pytest.mark.slow  # imports openai

SERVER = "http://127.0.0.1:18090/v1"
NAME = "smollm2"
KEY = "a-key-that-is-not-shown"


@pytest.fixture
def encoder() -> RemoteEncoder:
    return RemoteEncoder(f"openai:{NAME}@{SERVER}", key=lambda: KEY, retries=0)


@pytest.mark.vcr
def test_vectors_come_in_the_order_of_the_texts_and_of_unit_length(encoder):
    vectors = encoder.encode(["A ship sailed.", ""])
    assert vectors.shape == (2, encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = encoder.encode(["A ship sailed."])[0]
    assert alone @ vectors[0] > 0.999 > alone @ vectors[1]


@pytest.mark.vcr
def test_a_text_past_the_servers_window_is_cut_and_the_others_are_not(encoder):
    whole = encoder.encode(["oil " * 700, "A ship sailed."])
    assert whole.shape == (2, encoder.dimension)


@pytest.mark.vcr
def test_a_wrong_key_is_said_and_not_shown():
    with pytest.raises(EncoderUnavailable, match="refused the key") as caught:
        RemoteEncoder(f"openai:{NAME}@{SERVER}", key=lambda: "wrong", retries=0).encode(["A ship sailed."])
    assert "wrong" not in str(caught.value)
