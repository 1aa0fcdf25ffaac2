"""The training room: annotated corpora to weights, and evaluation. Only the command line imports it."""
