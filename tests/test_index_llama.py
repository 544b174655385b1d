"""The index and its encoder as llama-index sees them."""

import asyncio

import numpy as np
import pytest
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import get_response_synthesizer

from index import NewsIndex
from index.llama import EncoderEmbedding
from tests.fakes import CountingEncoder

pytestmark = pytest.mark.slow  # loads llama-index


@pytest.fixture
def news(tmp_path):
    (tmp_path / "articles").mkdir()
    for name in ("oil", "gas"):
        text = f"The {name} minister spoke. " * 80 + f"Only here is the {name} price 7 dollars."
        (tmp_path / "articles" / f"{name}.md").write_text(f"---\ntitle: On {name}\noutlet: Post\n---\n{text}\n")
    news_index = NewsIndex.open(tmp_path / "index", encoder=CountingEncoder())
    news_index.build(tmp_path / "articles")
    yield news_index
    news_index.close()


def test_nodes_carry_true_offsets_where_text_repeats(news):
    nodes = news.as_retriever(k=4).retrieve("oil price")
    assert nodes
    for node in nodes:
        article = news.article(node.node.ref_doc_id)
        assert article.text[node.node.start_char_idx : node.node.end_char_idx] == node.node.text
    assert len({(node.node.ref_doc_id, node.node.start_char_idx) for node in nodes}) == len(nodes)


def test_the_retriever_serves_a_query_engine(news):
    llm = MockLLM(max_tokens=16)
    engine = RetrieverQueryEngine(news.as_retriever(k=2), get_response_synthesizer(llm=llm, response_mode="compact"))
    response = engine.query("What is the oil price?")
    assert str(response)
    assert [node.node.metadata["outlet"] for node in response.source_nodes] == ["Post", "Post"]
    assert response.source_nodes[0].node.metadata["title"] == "On oil"


def test_the_embedding_gives_the_encoders_vectors():
    encoder = CountingEncoder()
    embedding = EncoderEmbedding(encoder)
    expected = encoder.encode(["a ship", "a port"])
    np.testing.assert_allclose(embedding.get_text_embedding_batch(["a ship", "a port"]), expected, atol=1e-6)
    np.testing.assert_allclose(embedding.get_query_embedding("a port"), expected[1], atol=1e-6)
    np.testing.assert_allclose(asyncio.run(embedding.aget_query_embedding("a port")), expected[1], atol=1e-6)
    assert embedding.model_name == "hashing-1"
