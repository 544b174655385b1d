"""One module a file format: each has a function from a file to its articles. `corpus.reading` says which reads what."""
