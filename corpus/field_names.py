"""Under which names articles carry their fields, in JSON and in front matter alike."""

from __future__ import annotations

import re

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
"""As `field_name` gives them. Of the fields of a JSON object the first of these counts, of a block its own first."""


def field_name(key: str) -> str:
    """Return a field's name as it is compared: "Publish Date" and "publish-date" are "publish_date"."""
    return re.sub(r"[\s-]+", "_", key.strip().lower())
