"""The index as llama-index sees it: a retriever with true offsets, and the encoder as an embedding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from index.encoder import Encoder
from index.passage import Hit

if TYPE_CHECKING:
    from index.news_index import NewsIndex


class NewsRetriever(BaseRetriever):
    """`NewsIndex.search` as a llama-index retriever.

    A node's `start_char_idx` and `end_char_idx` are the passage's place in the article's text, and
    `ref_doc_id` is the article's id.
    """

    def __init__(self, news_index: NewsIndex, k: int = 10) -> None:
        """Retrieve at most k passages a question."""
        super().__init__()
        self._news_index, self._k = news_index, k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [as_node(hit) for hit in self._news_index.search(query_bundle.query_str, self._k)]


class EncoderEmbedding(BaseEmbedding):
    """One of our encoders as a llama-index embedding; texts and questions are encoded alike."""

    _encoder: Encoder = PrivateAttr()

    def __init__(self, encoder: Encoder, **settings: Any) -> None:
        """Wrap an encoder; further settings are llama-index's own."""
        super().__init__(model_name=encoder.name, **settings)
        self._encoder = encoder

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._encoder.encode(texts).tolist()
        return vectors

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def as_node(hit: Hit) -> NodeWithScore:
    """Return a hit as a llama-index node; the headline stands in the metadata and not in the text."""
    passage = hit.passage
    headline = {name: value for name, value in passage.article.to_dict().items() if value is not None}
    node = TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata=headline,
        excluded_embed_metadata_keys=list(headline),
        excluded_llm_metadata_keys=[name for name in headline if name not in ("title", "outlet", "published")],
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.article.id)},
    )
    return NodeWithScore(node=node, score=hit.score)
