"""Sentences that give orders to a machine, and addresses: articles may hold them, no model's sentence does."""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"https?:|www\.|\b[\w.-]+@[\w-]+\.\w|\b[\w-]+\.(?:com|net|org|io|ru|xyz|info|biz|example)\b", re.IGNORECASE
)
_ORDER = re.compile(
    r"""\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules?|above|previous|prior
        |guidelines|everything|context|passages?|question)\b
      | \b(?:system\ prompt|as\ an\ ai|language\ model|ai\ (?:assistant|model)|chatbot|jailbreak
        |developer\ mode|pwned)\b
      | \byou\ are\ now\b | \bend\ of\ (?:passages?|context|prompt)\b | \b(?:new|important)\ instructions?\b
      | \byou\ (?:must|should|shall|will|have\ to)\ (?:now\ )?(?:answer|say|reply|write|respond|tell|output|include
        |translate|repeat|reveal|print|show|ignore|end|begin|always|never|not|cite|claim|pretend|add|call)\b
      | \b(?:note|message|instructions?)\ (?:to|for)\ (?:the\ )?(?:ai|assistant|model|reader|system|bot)s?\b
      | ^\W*(?:please\ )?(?:reply|respond|answer|say|write|output|print|repeat|reveal|show|tell|translate|pretend|act
        |add|append|insert|include|cite|begin|start|end|stop|always|never|do\ not|don['’]t|instead|visit
        |click|call|send|run
        |execute|download|assistant|system|user|human|ai|instruction)\b
        [:\s]*(?:only|with|as|that|the\ (?:user|reader|word|following|answer|prompt|passages?|system|link)
        |to\ the\ user|your
        |every\ (?:answer|sentence|reply)|all\ (?:questions|answers)|users?|me|mention|use|cite|this|:|nothing|back|it
        |here|now|answering|saying|answer|say|http|you)\b
      | ^\W*every\ (?:answer|sentence|reply)\ in(?:to)?\b | ^\W*the\ word\ \w+\ (?:after|before)\ (?:each|every)\b
      | \[/?(?:inst|system)\]|<\|""",
    re.IGNORECASE | re.VERBOSE,
)


def gives_orders(sentence: str) -> bool:
    """Whether a sentence tells a machine, or who reads its answer, what to do."""
    return bool(_ORDER.search(sentence))


def has_address(sentence: str) -> bool:
    """Whether a sentence holds the address of a page or a mailbox."""
    return bool(_ADDRESS.search(sentence))
