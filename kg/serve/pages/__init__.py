"""The pages that people read: no script runs on them, and what papers say is text and nothing else."""
