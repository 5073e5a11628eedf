"""`python -m smde.outputs.reference modele.docx` writes the reference document, to start one's own from."""

import sys
from pathlib import Path

from smde.outputs.reference import reference

if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(reference("#0b3c5d", "#a63d00"))
