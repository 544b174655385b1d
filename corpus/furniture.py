"""The lines that web pages leave behind when a text is copied from them."""

from __future__ import annotations

import re

_LEGAL = (
    r"(?:privacy policy|terms of (?:use|service)|terms and conditions|cookie (?:policy|settings|notice)|"
    r"contact us|about us|site ?map)"
)
_ANYWHERE = (
    r"advertise?ment(?: - scroll to continue)?",
    r"story continues (?:below|after) (?:this )?advertise?ment",
    r"article continues (?:below|after) (?:this )?advertise?ment",
    r"scroll (?:down )?(?:to|for) (?:continue|more|next article)(?: reading)?",
    r"skip to (?:the )?(?:main )?(?:content|navigation|search|footer|site index)",
    r"skip (?:ad(?:vertise?ment)?|navigation)",
    r"jump to (?:content|navigation|comments)",
    r"share(?: (?:this|on|via|with|by|to)\b.{0,50})?",
    r"(?:tweet|pin it|whatsapp|telegram|linkedin|facebook|twitter|reddit|email|e-mail|print|copy link|save|bookmark)",
    r"(?:facebook|twitter|x|linkedin|whatsapp|email|print|telegram|reddit|pinterest)(?:[\s|,/•·]+(?:facebook|twitter|x|"
    r"linkedin|whatsapp|email|print|telegram|reddit|pinterest|copy link))+",
    r"print (?:this )?(?:article|page|story)|email (?:this )?(?:article|page|story)",
    r"(?:menu|main menu|open menu|close|close menu|search|home|log ?in|sign in|register|subscribe|my account|"
    r"loading|play|next|previous)",
    r"(?:read|see|show|load|view) (?:more|less|all)",
    r"(?:\d+|one|two|three|four|five) min(?:ute)?s?(?: to)? read|reading time:? \d+ min(?:ute)?s?",
    r"listen to (?:this )?(?:article|story)(?: \d+ min(?:ute)?s?)?",
    r"(?:\d+ )?comments?(?: \(\d+\))?|(?:leave|post|add|write) a (?:comment|reply)|"
    r"(?:join|view) (?:the )?(?:conversation|comments)",
    r"(?:back|return|scroll|go) to (?:the )?(?:top|home(?:page)?|main page)",
    rf"{_LEGAL}(?:\s*[|•·,/]?\s*{_LEGAL})*",
    r"(?:accept|reject|manage)(?: all)? cookies|we use cookies\b.{0,160}",
    r"(?:follow|find|like|join) us(?: (?:on|at)\b.{0,60})?",
    r"(?:enable|turn on) (?:javascript|notifications)\b.{0,60}",
    r"javascript (?:is|must be) (?:disabled|enabled|required)\b.{0,80}",
    r"(?:gift|save) this article|open (?:image|share drawer)|toggle (?:caption|navigation)|"
    r"enlarge (?:this )?image|hide caption",
    r"[-–—_=*•·#~.\s|]{1,200}",
)
_AT_END = (
    r"\(?(?:ends?|-30-)\)?|\S+@\S+\.\S+",
    r"(?:click|tap) here\b.{0,100}",
    r"(?:read|see|watch|view) (?:more|also|next|the full (?:story|article|report))\b.{0,160}",
    r"also read\b.{0,160}|(?:continue|keep) reading\b.{0,100}",
    r"(?:sign|join) (?:up|in|now|today)\b.{0,160}",
    r"(?:subscribe|register|donate|support us|become a (?:member|subscriber|supporter))\b"
    r"(?: (?:to|for|now|here|today|via|and)\b.{0,160})?[.!]?",
    r"(?:get|receive) (?:the latest|our|breaking|daily|more)\b.{0,120}"
    r"(?:newsletter|inbox|email|app|updates|news)\b.{0,60}",
    r"(?:download|get) (?:the|our) .{0,40}\bapp\b.{0,60}",
    r"(?:related|recommended|more|popular|trending|latest|most read|most popular|editors['’] picks?|top|further)"
    r"(?: (?:articles?|stories|story|news|reading|topics|posts|coverage|content|links|tags|headlines|"
    r"for you|from\b.{0,40}|on this\b.{0,40}|in\b.{0,30}))?:?",
    r"you (?:may|might) (?:also )?(?:like|be interested in)\b.{0,40}|recommended for you",
    r"(?:tags?|topics?|keywords|filed under|categories|category)\s*:.{0,160}",
    r"(?:©|\(c\)|copyright\b)(?=.*(?:\d{4}|reserved|©)).{0,200}",
    r".{0,120}\ball rights (?:are )?reserved\b.{0,120}",
    r"this material may not be published, broadcast, rewritten\b.{0,80}",
    r"(?:our standards|our editorial standards)\s*:.{0,80}",
    r"(?:have|got) a (?:story|tip|question|comment)\b.{0,120}",
    r"(?:newsletters?|follow|sponsored(?: content)?|promoted(?: content)?)",
)


def _whole_line(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[\[(<]?\s*(?:{'|'.join(patterns)})\s*[\])>»›→.…!]*", re.IGNORECASE)


_TOP_FURNITURE = _whole_line(_ANYWHERE)
_END_FURNITURE = _whole_line(_ANYWHERE + _AT_END)
_LONGEST = 320


def is_furniture(line: str, *, at_end: bool) -> bool:
    """Return whether a line belongs to the page, not to the article.

    at_end: the line stands after the text, where an invitation ("Sign up …") is not a headline.
    """
    if len(line) > _LONGEST:
        return False
    return bool((_END_FURNITURE if at_end else _TOP_FURNITURE).fullmatch(line.strip()))
