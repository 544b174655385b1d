"""What the page says of its own, and what its server refuses with: the place to change or translate that.

Commands say theirs where they are, and an error of a person at the terminal where it is raised.
"""

from __future__ import annotations

NAME = "Footnote"

# Masthead
NAV_CHAT = "Ask"
NAV_ARTICLES = "Articles"
CONVERSATIONS = "Conversations"
NEW_CONVERSATION = "New"
KEYS = "Keys"

# Opening
OPENING = "Ask your articles."
ARTICLES_ONE = "1 article"
ARTICLES_MANY = "{count} articles"
AND_MORE = " and {count} more"
FROM_TO = "{oldest} to {newest}"
UNDATED_COUNT = "{count} undated"
EMPTY_INDEX = "There are no articles yet."
EMPTY_INDEX_HELP = "Add files or addresses under Articles, or put them into the articles folder: they are read at once."
TRY_ASKING = "You could ask"

# The box
QUESTION_LABEL = "Your question"
QUESTION_PLACEHOLDER = "Ask your articles"

FILTERS = "Filters"
SINCE = "From"
UNTIL = "To"
CLEAR = "Clear"
BAD_FILTER = "The dates of the filter cannot be read: {value}. Write them as 2024-05-31."

# An answer
UNDATED = "undated"
FOOTNOTE = "Footnote {number}: {source}"
UNSUPPORTED_ONE = "1 unsupported sentence was left out"
UNSUPPORTED_MANY = "{count} unsupported sentences were left out"
LEFT_OUT_ONE = "1 sentence was left out: its quote could not be verified."
LEFT_OUT_MANY = "{count} sentences were left out: their quotes could not be verified."
STATEMENTS = "Who said what"
TIMELINE = "Timeline"
SOURCES = "Sources"
SEARCHED_FOR = "Searched for"
ALSO_IN = "also in {outlets}"
NEWEST_USED = "Newest article used: {date}."
CORPUS_NEWEST = "The articles end on {date}."
NEWER_LEFT_OUT = "Newer, and not used:"
WRITTEN_BY = "Written by {writer}"
CLOSEST = "Closest articles"
NEXT = "Next"
DATE_UNKNOWN = "“{text}”, day unknown"
FILTER_SINCE = "from {date}"
FILTER_UNTIL = "up to {date}"
QUOTED = "in quotation marks"
REPORTED = "reported speech"

# Conversations
EXPORT = "Export as Markdown"

# The reader
READER = "Article"
READER_CLOSE = "Close the article"
READER_PREVIOUS = "Previous cited sentence"
READER_NEXT = "Next cited sentence"
READER_SOURCE = "Read it at {host}"
READER_CHANGED = "This article has changed since it was cited: the words no longer stand where they stood."
READER_MISSING = "This article is no longer in the index."
DATE_ORIGINS = {
    "json-ld": "date from the page's data",
    "meta": "date from the page's data",
    "feed": "date from the feed",
    "front-matter": "date from the file's first lines",
    "byline": "date from the byline",
    "file-name": "date from the file name",
}

# Articles
FIND = "Find"
FIND_PLACEHOLDER = "Words of a title, an outlet, an author, a date"
OUTLET = "Outlet"
ALL_OUTLETS = "All outlets"
ORDER = "Order"
ORDER_NAMES = {"newest": "Newest first", "oldest": "Oldest first", "title": "By title", "outlet": "By outlet"}
NONE_FOUND = "No article matches."
SHOWN_OF = "{shown} of {count}"
SHOW_MORE = "Show more"
OVER_TIME = "Articles over time"
OTHER_OUTLETS = "others"
ADD = "Add articles"
KEEP = "Add, update, check"
ADD_FILES = "Drop files here, or choose them"
ADD_ADDRESS = "Address of an article or a feed"
ADD_ADDRESS_PLACEHOLDER = "https://…"
ADD_BUTTON = "Add"
UPDATE = "Update the index"
CHECK = "Check the index"
REMOVE = "Remove"
REMOVE_TITLE = "Remove this article?"
REMOVE_EXPLAINED = "Its file is moved out of the articles folder, into “removed” in the index folder."
OTHERS_ONE = "Its file holds 1 more article; it goes too."
OTHERS_MANY = "Its file holds {count} more articles; they go too."
FILE_WENT = "{path} was moved out of the folder, with the {count} articles it held. "
CANCEL = "Cancel"
READ_ONLY = "To add articles of your own, start with: footnote chat --articles FOLDER"
NO_ADDRESS = "Type an address first, such as https://example.org/article."
FILE_GONE = "'{path}' is no longer in the articles folder. Update the index."
NOT_MOVED = "'{path}' could not be moved ({reason}). Check the permissions of the folder."
NOT_WRITTEN = "it could not be written to '{folder}' ({reason}); check the disk and the permissions"
EMPTY_FILE = "empty file; put an article in it"
TOO_MANY_FILES = "more than {most} files at once; add the others afterwards, or put them into the folder"
SAME_FILE = "already there, as {name}"
PHASES = {"reading": "Reading files", "encoding": "Encoding passages", "storing": "Storing", "checking": "Checking"}
UPDATING = "Looking for what changed"
CHANGED = "{added} added, {edited} changed, {removed} removed: {articles} articles now"
IN_SECONDS = ", in {seconds} s."
SINCE_LAST = "Since the last look: "
NOTHING_CHANGED = "Nothing has changed; {articles} articles."
ADDED_LIST = "Added"
REMOVED_LIST = "Removed"
REFUSED_LIST = "Not added"
FAILED_LIST = "Could not be read"
CHECKING = "Checking"
CHECK_GOOD = "The index is whole: {articles} articles, {passages} passages, {looked_at} vectors looked at."
CHECK_BAD = "The index is not whole. Mend it with: footnote check --repair"
BELONGS_TO_NOTHING = "{path} belongs to nothing"
NOT_DONE = "That did not work. The details are in the terminal where Footnote runs."

# While it works, and when it fails
FAILED = "Something went wrong while answering. The details are in the terminal where Footnote runs; you can ask again."
FILES_WAIT = "{count} changed {files} not in this answer yet: an update is on its way."
LOST = "No answer came back. Is Footnote still running? Try again."
BUSY = "Footnote is busy with other questions. Ask again in a moment."

# Tokens, and what is refused
LOGIN = "Log in"
LOGOUT = "Log out"
TOKEN = "Your token"
TOKEN_HELP = "The keeper of the articles makes one with: footnote token"
NO_TOKEN = "This server asks for a token. Send it as: Authorization: Bearer TOKEN"
WRONG_TOKEN = "This token is not known. Ask the keeper of the articles for a new one: footnote token"
TOO_MANY_TOKENS = "Too many tokens that are not known came from here. Wait a minute, then try again."
KEEPERS_ONLY = "Articles are added with a keeper's token only. Make one with: footnote token --keeper"
UNKNOWN_HOST = "This server does not answer to the name {host}. Have it answer with: footnote chat --name NAME"
PASSED_ON = (
    "This server is for its own machine, and the request came by way of another. "
    "To serve behind a proxy, start it with: footnote chat --name NAME"
)
OTHER_ORIGIN = "Pages of other servers are not answered. Ask from a program, or from this server's own page."
TOO_OFTEN = "More than {most} requests a minute. Wait a moment, then ask again."
TOO_MUCH = "The request is longer than {most} bytes. Send a shorter one."
TOO_SLOW = "The request did not come to an end in time. Send it at once."
UPLOAD_UNKNOWN = "The upload does not say how long it is. Send its length first (Content-Length)."
UPLOAD_TOO_MUCH = (
    "The files are more than {most} MB together. Send fewer at once, or put them into the articles folder."
)
UPLOADS_TOO_MUCH = "More than {most} MB in an hour. Wait, or put the files into the articles folder."
NOT_UPLOADED = "This file was not uploaded here. Upload it first, or put it into the articles folder."
HEAD_TOO_LONG = "The request's address and headers are too long. Send shorter ones."
BROKEN_OFF = "The request broke off."
TOOK_TOO_LONG = "The answer took longer than {seconds:g} seconds and was given up. Ask again, or ask for less."
API_DESCRIPTION = (
    "Ask your articles. Every sentence of an answer carries the exact words it rests on. "
    'Errors are one line, {"error": "…"}; under /v1 they have the form of OpenAI\'s API.'
)
NO_QUESTION = "The last message is no question of a user. Send one with the role user."
NO_JSON = "The body is no JSON ({reason}, at character {place}). Send one object, written as JSON."
SEND_JSON = "Send JSON, and say so: Content-Type: application/json"
NO_SUCH_MODEL = "There is no model {name}. There are: {known}."
IDS_LISTED = "GET /api/articles lists them."
IDS_FOUND = "Take one from what `ask` or `search` gives."
NO_SUCH_ADDRESS = "There is nothing at {path}. See /api for what there is."
OTHER_METHOD = "{path} is asked with {methods}."

# Keys
KEY_LIST = (
    ("/", "write a question"),
    ("j  k", "next and previous footnote"),
    ("Enter", "open the footnote"),
    ("n  p", "next and previous cited sentence in the article"),
    ("Esc", "close the article, or stop"),
    ("?", "this list"),
)
CLOSE = "Close"

SCRIPT_WORDS = {
    "searching": "Searching the articles",
    "reading": "Reading {count} passages",
    "writing": "Writing",
    "checking": "Checking every sentence against the articles",
    "stop": "Stop",
    "stopped": "Stopped.",
    "lost": LOST,
    "busy": BUSY,
    "copy": "Copy",
    "edit": "Edit",
    "good": "Good",
    "goodLong": "A good answer",
    "bad": "Poor",
    "badLong": "A poor answer",
    "copyLong": "Copy as Markdown with footnotes",
    "own": "In the articles’ words",
    "ownLong": "Show what the articles themselves say, beside this answer",
    "ownHide": "Hide the articles’ words",
    "ownTitle": "In the articles’ own words",
    "modelTitle": "Written by a model, held to the articles",
    "ownFailed": "The articles’ own words could not be had. Ask again to try.",
    "copied": "Copied",
    "editLong": "Edit the question and ask again from here",
    "delete": "Delete",
    "noConversations": "None yet. They are kept in this browser only.",
    "exportName": "conversation.md",
    "place": "cited sentence {place} of {count}",
}
"""What the page's script says, by the names it knows the words by."""
