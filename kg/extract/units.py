"""What may follow a number, in one spelling each, and what it multiplies the number by.

>>> SUFFIXES["percent"], SUFFIXES["times"], SCALES["M"]
('%', 'x', 1000000.0)
"""

from __future__ import annotations

_UNITS = """
    %: percent percents percentage
    x: X × times time fold folds
    points: point pts pp
    orders: order
    K: k thousand thousands
    M: million millions
    B: billion billions
    G:
    T: trillion trillions
    FLOPs: FLOPS
    MFLOPs: MFLOPS
    GFLOPs: GFLOPS GFlops GMACs
    TFLOPs: TFLOPS
    ms: millisecond milliseconds
    s: sec secs second seconds
    minutes: min mins minute
    hours: h hr hrs hour
    days: day
    fps: FPS
    dB: db
    Hz: kHz MHz GHz
    GB: GiB gigabytes
    MB: MiB megabytes
    KB: KiB kB kilobytes
    bits: bit
    m: cm mm km meter meters metre metres
    degrees: deg degree °
    J: mJ kJ
    W: mW kW
"""
_LINES = [line.partition(":") for line in _UNITS.split("\n") if line.strip()]
SUFFIXES = {word: name.strip() for name, _, others in _LINES for word in [name.strip(), *others.split()]}
"""The one spelling of each unit that may follow a number."""
SCALES = {"K": 1e3, "M": 1e6, "B": 1e9, "G": 1e9, "T": 1e12, "MFLOPs": 1e6, "GFLOPs": 1e9, "TFLOPs": 1e12}
"""What a suffix multiplies a number by."""
