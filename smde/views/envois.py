"""What was handed to whom, and what each actor holds."""

from collections.abc import Iterable

from smde.model.envois import Envoi, FichierRemis


def recents(envois: Iterable[Envoi]) -> list[Envoi]:
    """The last first; those of one day by the number the program gave them."""
    return sorted(envois, key=lambda one: (one.date, _rang(one.id), one.id), reverse=True)


def _rang(ident: str) -> int:
    """« envoi-2026-11-24-region-3 » is the third of its day."""
    tail = ident.rpartition("-")[2]
    return int(tail) if tail.isdecimal() and len(tail) < 4 else 1


def detenus(envois: Iterable[Envoi], acteur: str) -> list[tuple[str, Envoi]]:
    """Each document an actor has been given, and the last envoi that holds it; the last given first."""
    held: dict[str, Envoi] = {}
    for envoi in recents(one for one in envois if one.acteur == acteur):
        for document in envoi.documents:
            held.setdefault(document, envoi)
    return list(held.items())


def publie(envoi: Envoi, fichier: FichierRemis) -> str:
    """Where a site that may show the register has a file of it."""
    return f"envois/{envoi.id}/{fichier.nom}"
