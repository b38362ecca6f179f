"""What ships with Roadbook and is not code: catalogues, icons, the demo engagement, schemas, help."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent
"""The folder of the resources."""
