"""Under which names articles carry their fields, in JSON and in front matter alike."""

from __future__ import annotations

TITLE = ("title", "headline")
OUTLET = (
    "outlet", "source", "publisher", "publication", "source_name", "site_name", "sitename", "newspaper", "site",
)  # fmt: skip
AUTHOR = ("author", "authors", "byline", "creator", "by", "writer")
DATE = (
    "published_at", "published", "datepublished", "date_published", "publishedat", "published_date", "date_publish",
    "publish_date", "publication_date", "pubdate", "pub_date", "date",
)  # fmt: skip
URL = ("url", "link", "source_url", "canonical_url", "permalink", "web_url")
LANGUAGE = ("language", "lang", "inlanguage", "locale")
"""All in lower case. Of the fields of a JSON object the first of these counts, of a block its own first."""
