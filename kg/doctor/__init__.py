"""Is a build folder what it was when it was made, and is paperkg installed as it should be; what to do if not."""

from kg.doctor.findings import Finding
from kg.doctor.folder import examine
from kg.doctor.installation import examine_installation

__all__ = ["Finding", "examine", "examine_installation"]
