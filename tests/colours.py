"""How colours compare: contrast as WCAG 2.2 measures it, and how far apart they are for each kind of colour vision."""

from __future__ import annotations

from itertools import combinations
from typing import Final

VISIONS: Final = {
    "all colours": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Kind of colour vision -> what linear RGB becomes for it: Machado, Oliveira and Fernandes (2009), severity 1."""

Linear = tuple[float, float, float]


def linear(colour: str) -> Linear:
    """Return "#rrggbb" in linear RGB, each 0 to 1 (sRGB's transfer function)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def distance(one: str, other: str, vision: str) -> float:
    """Return how far apart two colours look for a kind of `VISIONS`: the distance in OKLab (Ottosson, 2020).

    Black and white are 1 apart; 0.02 is about what is just seen side by side.
    """
    pairs = zip(_perceived(one, vision), _perceived(other, vision), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def least_distance(colours: tuple[str, ...], vision: str) -> float:
    """Return how far apart the two of `colours` are that look most alike."""
    return min(distance(one, other, vision) for one, other in combinations(colours, 2))


def _perceived(colour: str, vision: str) -> Linear:
    seen = _times(VISIONS[vision], linear(colour))
    red, green, blue = (min(1.0, max(0.0, part)) for part in seen)
    long, middle, short = (
        part ** (1 / 3)
        for part in _times(
            (
                (0.4122214708, 0.5363325363, 0.0514459929),
                (0.2119034982, 0.6806995451, 0.1073969566),
                (0.0883024619, 0.2817188376, 0.6299787005),
            ),
            (red, green, blue),
        )
    )
    return _times(
        (
            (0.2104542553, 0.7936177850, -0.0040720468),
            (1.9779984951, -2.4285922050, 0.4505937099),
            (0.0259040371, 0.7827717662, -0.8086757660),
        ),
        (long, middle, short),
    )


def _times(matrix: tuple[Linear, Linear, Linear], vector: Linear) -> Linear:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third
