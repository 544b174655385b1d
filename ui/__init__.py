"""Where a person meets Footnote: a page in the browser, and a command line."""
