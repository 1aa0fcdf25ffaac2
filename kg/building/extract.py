"""The step that takes out of each paper what it says; what an earlier build has read is not read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.thresholds import thresholds

if TYPE_CHECKING:
    from kg.building.job import Job


def extract(job: Job) -> None:
    """Extract what is new, and keep it in the cache of the new build.

    Raises:
        ModelError: There is no such extractor.
    """
    from kg.extract import extract_parallel, version_of
    from kg.extract.cache import Cache
    from kg.extract.cutting import cut

    job.extractor, least = version_of(job.config.model), thresholds(job.config.min_confidence)
    cache = Cache(f"{job.extractor} {least.floor}", job.folder / "cache")
    known = {paper.id: found for paper in job.papers if (found := cache.get(paper)) is not None}
    job.progress("extract", len(known), len(job.papers))
    unknown = (paper for paper in job.papers if paper.id not in known)
    for found in extract_parallel(unknown, job.config.model, job.jobs, min_confidence=least.floor):
        known[found.paper] = found
        job.progress("extract", len(known), len(job.papers))
    whole = [known[paper.id] for paper in job.papers]
    cache.write(job.stage / "cache", zip(job.papers, whole, strict=True))
    job.extractions = [cut(read, least) for read in whole]
