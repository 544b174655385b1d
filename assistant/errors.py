"""Errors of the assistant, for the person who asks.

AssistantError
├── BadQuestion           a question that cannot be searched for
│   ├── EmptyQuestion     nothing in it but blanks or punctuation
│   └── QuestionTooLong   longer than any question
├── BadSet                a question set for `footnote eval` that cannot be read
├── SettingsError         a setting that is unknown, or cannot be used
│   └── ModelMisnamed     the name of a model that says neither provider nor file
├── ModelUnavailable      a language model that does not answer: try again, or start it
└── PromptTooLong         passages that do not fit the model's window
"""


class AssistantError(Exception):
    """Anything the person who asks can put right; its text is one line that says what to do."""


class BadQuestion(AssistantError, ValueError):
    """A question that cannot be searched for."""


class EmptyQuestion(BadQuestion):
    """There is no word and no number in the question."""


class QuestionTooLong(BadQuestion):
    """The question is longer than any question is."""


class BadSet(AssistantError, ValueError):
    """A question set that cannot be read; the text names the line."""


class SettingsError(AssistantError, ValueError):
    """A setting that is unknown, or has a value that cannot be used."""


class ModelMisnamed(SettingsError):
    """The name of a model is none that can be used."""


class ModelUnavailable(AssistantError):
    """The language model cannot be reached, refuses, or broke off; the text says which."""


class PromptTooLong(AssistantError):
    """What the model was to read is longer than it can."""
